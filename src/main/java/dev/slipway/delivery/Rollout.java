package dev.slipway.delivery;

import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.version.CommitSha;
import java.util.List;

/// What became of the deployment: green results that differ.
public sealed interface Rollout {
  /// No deploy target was asked for.
  record NotRequested() implements Rollout {}

  /// The base branch says it already; nothing was written.
  record AlreadyUpToDate(String branch) implements Rollout {}

  /// A commit on the base branch itself says it.
  record Committed(String branch, CommitSha commit, List<FileChange> changes) implements Rollout {}

  /// A pull request says it.
  record PullRequestOpen(Proposed proposed, Merge merge, List<FileChange> changes)
      implements Rollout {}
}
