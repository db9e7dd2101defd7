package dev.slipway.delivery;

import java.util.Optional;

/// How a green run ended.
///
/// @param pushed empty when nothing was to be pushed
/// @param changed whether this run wrote anything to the registry or a deploy target
public record Report(
    Plan plan,
    Optional<ImageRegistry.Pushed> pushed,
    Rollout rollout,
    Outcome outcome,
    boolean changed) {}
