package dev.slipway.delivery;

/// How a change reaches the base branch of the GitOps repository.
public enum GitOpsDelivery {
  /// By a pull request, whose rules decide when.
  PULL_REQUEST,
  /// By a commit on the branch itself, at once.
  COMMIT
}
