package dev.slipway.delivery;

import dev.slipway.version.CommitSha;

/// Port: what became of a delivered commit in the GitOps repository. A shared branch moves on, so
/// the commit that runs is seldom the one that was delivered.
public interface GitOpsHistory extends CommitHistory {
  /// Whether the files at `commit` still say what was delivered: every value of
  /// `delivered.changes()` has its new text there.
  boolean keeps(Expectation.Delivered delivered, CommitSha commit);
}
