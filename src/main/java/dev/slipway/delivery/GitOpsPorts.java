package dev.slipway.delivery;

import java.util.Optional;

/// Everything a delivery to a GitOps repository speaks to.
///
/// @param history of the repository
/// @param sources the commits of the application repository
/// @param live empty: what was delivered is not waited for
public record GitOpsPorts(
    GitOpsRepository repository,
    GitOpsHistory history,
    CommitHistory sources,
    Optional<LiveCheck> live) {
  /// The same for a rollback, which leads to an earlier commit on purpose: none counts as newer.
  GitOpsPorts backwards() {
    return new GitOpsPorts(repository, history, (_, _) -> false, live);
  }
}
