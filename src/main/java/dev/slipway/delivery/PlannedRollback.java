package dev.slipway.delivery;

import java.util.Optional;

/// From where a rollback leads to where.
///
/// @param from what is left, e.g. its version; empty: not known
/// @param to what is returned to, e.g. its version
/// @param why one sentence about how that was found
/// @param taskDefinition ARN of what the earlier delivery brought to the ECS service, which may
///   have to be registered anew under another; empty: not known
public record PlannedRollback(
    Optional<String> from, String to, String why, Optional<String> taskDefinition) {}
