package dev.slipway.runner.report;

import dev.slipway.delivery.PlannedRollback;

/// Where a rollback leads.
final class RollbackText {
  private RollbackText() {}

  /// From where to where, as far as that is known.
  static String way(PlannedRollback rollback) {
    return rollback
        .from()
        .map(from -> "%s -> %s".formatted(from, rollback.to()))
        .orElseGet(() -> "to " + rollback.to());
  }
}
