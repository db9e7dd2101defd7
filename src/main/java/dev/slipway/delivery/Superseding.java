package dev.slipway.delivery;

import dev.slipway.problem.ActionException;

/// What becomes of a run that is not the newest any more.
///
/// @param place where the newer delivery is: a GitOps repository, or an environment
record Superseding(OnSuperseded wish, String place) {
  /// The end of a run that came after a delivery of a later commit.
  ///
  /// @param written whether this run had written before
  /// @throws ActionException where that is to be red
  Rollout by(Provenance newer, boolean written) {
    return by(
        "%s@%s was delivered already, and comes after this run's commit"
            .formatted(newer.repository(), newer.commit().shortened(7)),
        written);
  }

  /// The same for any other reason.
  Rollout by(String reason, boolean written) {
    return switch (wish) {
      case SKIP -> new Rollout.Superseded(reason, written);
      case FAIL ->
          throw new ActionException(
              "A newer delivery is in %s".formatted(place),
              reason,
              "Run the workflow of the newest commit; to go back on purpose, use `operation: rollback`; set `on-superseded: skip` to let such runs be green");
    };
  }
}
