package dev.slipway.registry;

import dev.slipway.image.ImageName;
import dev.slipway.problem.Problem;
import java.util.Optional;

/// A registry that the author chose: where it is, who we are there, and its habits.
sealed interface KnownRegistry permits EcrRegistry, EcrPublicRegistry, GhcrRegistry, OtherRegistry {
  /// The image's full name.
  ImageName name(String repository);

  /// A full name.
  ///
  /// @throws dev.slipway.problem.ActionException when it is not a legal one
  static ImageName name(String host, String repository) {
    try {
      return new ImageName(host, repository);
    } catch (IllegalArgumentException e) {
      throw SetupProblems.noName(e);
    }
  }

  /// Where to push.
  RegistryAddress address();

  RegistryLogin login();

  /// What to tell the author about a repository that is not there; empty when a push makes it.
  default Optional<Problem> whenMissing(ImageName name) {
    return Optional.empty();
  }

  /// Whether a missing repository is made by [#create], and not by a push.
  default boolean creates() {
    return false;
  }

  /// Makes a missing repository, where a push alone would not.
  ///
  /// @return whether it was made here, and not by somebody else meanwhile
  default boolean create(ImageName name, RegistryConnection connection) throws RegistryFailure {
    return false;
  }

  /// Takes a repository away again that [#create] made, if it is still empty.
  ///
  /// @return false when it is in use by now
  /// @throws dev.slipway.problem.ActionException when it cannot be done
  default boolean remove(ImageName name) {
    return false;
  }
}
