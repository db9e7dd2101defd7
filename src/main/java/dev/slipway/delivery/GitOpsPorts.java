package dev.slipway.delivery;

import java.util.Optional;

/// Everything a delivery to a GitOps repository speaks to.
///
/// @param sources the commits of the application repository
/// @param live empty: what was delivered is not waited for
public record GitOpsPorts(
    GitOpsRepository repository, CommitHistory sources, Optional<LiveCheck> live) {}
