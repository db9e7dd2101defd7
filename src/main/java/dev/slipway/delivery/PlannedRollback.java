package dev.slipway.delivery;

import java.util.Optional;

/// From where a rollback leads to where.
///
/// @param from what is left, e.g. its version; empty: not known
/// @param to what is returned to, e.g. its version
/// @param why one sentence about how that was found
public record PlannedRollback(Optional<String> from, String to, String why) {}
