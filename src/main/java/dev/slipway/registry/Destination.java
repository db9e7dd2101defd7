package dev.slipway.registry;

import dev.slipway.image.ImageName;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
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
  ///
  /// @return whether it was made here
  boolean makeRepository(RegistryConnection connection) throws RegistryFailure {
    expectRepository();
    return registry.create(name, connection);
  }

  /// Takes the repository away again that was made for nothing, and says so beside why.
  ActionException takeBack(ActionException failure) {
    String note = removed();
    List<Problem> problems =
        failure.problems().stream()
            .map(problem -> new Problem(problem.what(), problem.why() + "; " + note, problem.fix()))
            .toList();
    ActionException told = new ActionException(problems);
    told.initCause(failure);
    return told;
  }

  private String removed() {
    try {
      return registry.remove(name)
          ? "the repository %s, made for this push, is removed again".formatted(name.repository())
          : "the repository %s, made for this push, stays, because somebody uses it by now"
              .formatted(name.repository());
    } catch (ActionException e) {
      return "the repository %s, made for this push, stays, and is empty: %s"
          .formatted(name.repository(), e.problems().getFirst().why());
    }
  }
}
