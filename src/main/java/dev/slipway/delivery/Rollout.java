package dev.slipway.delivery;

import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import java.util.List;

/// What became of the deployment: green results that differ.
public sealed interface Rollout {
  /// No deploy target was asked for.
  record NotRequested() implements Rollout {}

  /// The base branch says it already; nothing was written.
  record AlreadyUpToDate(String branch) implements Rollout {}

  /// A pull request says it.
  record PullRequestOpen(Proposed proposed, Merge merge, List<FileChange> changes)
      implements Rollout {}
}
