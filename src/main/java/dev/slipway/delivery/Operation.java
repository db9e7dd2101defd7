package dev.slipway.delivery;

import java.util.Optional;

/// What a run is for.
public sealed interface Operation {
  /// To bring the commit into service.
  ///
  /// @param rollBackOnFailure whether what was moved goes back when it does not come up
  record Deploy(boolean rollBackOnFailure) implements Operation {}

  /// To return to an earlier delivery.
  ///
  /// @param to the tag, version or commit to return to; empty: the previous good one
  record Rollback(Optional<String> to) implements Operation {}
}
