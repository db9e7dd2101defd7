package dev.slipway.delivery;

import dev.slipway.problem.Problem;
import dev.slipway.values.FileContent;
import dev.slipway.version.CommitSha;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Port: the GitOps repository.
public interface GitOpsRepository {
  /// The trailer by which a commit of Slipway is known: `Slipway-Source: owner/name@sha`. A branch
  /// whose tip lacks it belongs to somebody else.
  String SOURCE_TRAILER = "Slipway-Source";

  /// Reads the head of the base branch and `paths` as they are at that commit. Changes nothing.
  ///
  /// @param branch the base branch; empty: the default branch
  Snapshot read(Optional<String> branch, Set<String> paths);

  /// Brings the pull request from `proposal.headBranch()` to exactly one commit on top of `base`:
  /// made, moved, or left alone when it says that already.
  Proposed propose(Snapshot base, Proposal proposal);

  /// Adds one signed commit to the base branch itself, if `base` still is its tip. After a lost
  /// race this pauses a moment, so that the next attempt need not be lost too.
  ///
  /// @param message ends with a [#SOURCE_TRAILER]
  /// @param changes files that really differ, at least one
  /// @return the commit; empty when the branch has moved on, and nothing was written
  Optional<CommitSha> commit(Snapshot base, String message, List<FileChange> changes);

  /// Lets GitHub merge the pull request when its rules are met; merges at once when they are
  /// already.
  Merge autoMerge(Proposed proposed, MergeMethod method);

  /// What was read.
  ///
  /// @param branch the base branch
  /// @param head its tip; every file is as of this commit
  /// @param files those of the asked-for paths that exist
  /// @param obstacles why nothing can be proposed here, as far as a look can tell
  record Snapshot(
      String branch, CommitSha head, Map<String, FileContent> files, List<Problem> obstacles) {}

  /// What the pull request is to say.
  ///
  /// @param commitMessage ends with a [#SOURCE_TRAILER]
  /// @param changes files that really differ, at least one
  record Proposal(
      String headBranch,
      String commitMessage,
      String title,
      String body,
      List<FileChange> changes) {}

  /// What the pull request says now.
  ///
  /// @param head the tip of the pull request's branch
  record Proposed(PullRequest pullRequest, Operation operation, CommitSha head) {}

  /// What had to be done to the pull request.
  enum Operation {
    CREATED,
    UPDATED,
    NONE
  }

  /// What became of the wish to merge.
  sealed interface Merge {
    /// Nobody wished it.
    record Off() implements Merge {}

    /// GitHub merges it when the rules of the base branch are met.
    record Enabled(MergeMethod method) implements Merge {}

    /// Nothing was left to wait for. `commit` is the merge commit on the base branch.
    record Merged(CommitSha commit) implements Merge {}

    /// The merge queue has it.
    record Queued() implements Merge {}

    /// It stays open for a person.
    record Unavailable(String why, String fix) implements Merge {}
  }
}
