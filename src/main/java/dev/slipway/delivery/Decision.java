package dev.slipway.delivery;

import dev.slipway.version.ReleaseDecision;

/// What comes of a plan.
sealed interface Decision {
  Plan plan();

  /// To be shown, and nothing else.
  record Preview(Plan plan) implements Decision {}

  /// A newer commit is released already.
  record Released(Plan plan, ReleaseDecision.Superseded newer) implements Decision {}

  /// A newer delivery is where this one would go.
  record PassedBy(Plan plan, Rollout newer) implements Decision {}

  /// To be carried out.
  ///
  /// @param tagged whether this run made the version tag
  record Go(Plan plan, boolean tagged) implements Decision {}
}
