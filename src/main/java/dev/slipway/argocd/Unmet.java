package dev.slipway.argocd;

import dev.slipway.problem.OneLine;

/// The first condition that an application does not meet yet.
///
/// @param sentence for the log and the problem; holds nothing that changes by itself, so that equal
///   sentences mean that nothing happened
record Unmet(Kind kind, String sentence) {
  Unmet {
    sentence = OneLine.of(sentence);
  }

  /// What is missing, in the order in which it is looked at.
  enum Kind {
    /// Argo CD shows an error.
    ERROR,
    /// The hydrator has not made manifests of the commit.
    HYDRATION,
    /// Argo CD compares with a commit that does not hold the delivered one.
    REVISION,
    /// An operation is asked for or under way.
    OPERATION,
    /// The sync of the commit failed, and every retry of it.
    FAILED,
    /// Not synced, though Argo CD has synced the commit: it will not try again.
    DRIFT,
    /// Not synced.
    SYNC,
    /// Health is older than the sync.
    STALE,
    /// Degraded after the sync.
    DEGRADED,
    /// Not healthy yet.
    HEALTH,
    /// Everything is well, but another image runs.
    IMAGE
  }
}
