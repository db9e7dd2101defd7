package dev.slipway.registry;

import dev.slipway.image.ImageName;
import dev.slipway.problem.ActionException;
import java.util.List;

/// Where an image goes: the registry and the name in it.
record Destination(KnownRegistry registry, ImageName name) {
  RegistryProblems problems() {
    return new RegistryProblems(this);
  }

  /// Refuses a missing repository that neither the push nor we will make.
  void expectRepository() {
    registry
        .whenMissing(name)
        .ifPresent(problem -> {
          throw new ActionException(List.of(problem));
        });
  }

  /// Makes the missing repository where the registry wants that done.
  void makeRepository(RegistryConnection connection) throws RegistryFailure {
    expectRepository();
    registry.create(name, connection);
  }
}
