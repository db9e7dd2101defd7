package dev.slipway.delivery;

import java.util.List;
import java.util.Optional;

/// A place where one run brings its images into service.
sealed interface DeployTarget permits GitOpsTarget, EcsTarget, ScriptTarget {
  /// The newer delivery that leaves nothing to do, if one is there already. Asked before anything
  /// is written anywhere.
  default Optional<Rollout> passedBy(Plan plan) {
    return Optional.empty();
  }

  /// Moves the target, and waits as far as that was asked.
  ///
  /// @param plan with every digest
  /// @param images what became of the plan's images
  /// @throws dev.slipway.problem.ActionException when it cannot be moved, or does not come up
  Rollout rollOut(Plan plan, List<DeliveredImage> images);
}
