package dev.slipway.delivery;

import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Operation;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.version.CommitSha;
import java.util.List;

/// What became of a deploy target: green results that differ.
public sealed interface Rollout {
  /// Whether this run wrote anything there.
  boolean changed();

  /// Whether the target moves later, when somebody or something else has acted.
  boolean pending();

  /// The base branch says it already; nothing was written.
  record AlreadyUpToDate(String branch) implements Rollout {
    @Override
    public boolean changed() {
      return false;
    }

    @Override
    public boolean pending() {
      return false;
    }
  }

  /// A commit on the base branch itself says it.
  record Committed(String branch, CommitSha commit, List<FileChange> changes) implements Rollout {
    @Override
    public boolean changed() {
      return true;
    }

    @Override
    public boolean pending() {
      return false;
    }
  }

  /// A pull request says it.
  record PullRequestOpen(Proposed proposed, Merge merge, List<FileChange> changes)
      implements Rollout {
    @Override
    public boolean changed() {
      return proposed.operation() != Operation.NONE || merge instanceof Merge.Merged;
    }

    @Override
    public boolean pending() {
      return !(merge instanceof Merge.Merged);
    }
  }
}
