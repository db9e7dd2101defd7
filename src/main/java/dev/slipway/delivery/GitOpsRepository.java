package dev.slipway.delivery;

import dev.slipway.problem.Problem;
import dev.slipway.values.FileContent;
import dev.slipway.version.CommitSha;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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
  ///
  /// @param newer whether what stands on that branch must not be replaced, because it is newer
  Proposing propose(Snapshot base, Proposal proposal, Predicate<Provenance> newer);

  /// Adds one signed commit to the base branch itself, if `base` still is its tip. After a lost
  /// race this pauses a moment, so that the next attempt need not be lost too.
  ///
  /// @param message ends with a [#SOURCE_TRAILER]
  /// @param changes files that really differ, at least one
  /// @return the commit; empty when the branch has moved on, and nothing was written
  Optional<CommitSha> commit(Snapshot base, String message, List<FileChange> changes);

  /// Sets the labels and people of a pull request that this run opened or brought up to date.
  ///
  /// @return what could not be set, which is no failure
  List<Problem> accompany(Proposed proposed, PullRequestSettings settings);

  /// Lets GitHub merge the pull request when its rules are met; merges at once when they are
  /// already.
  Merge autoMerge(Proposed proposed, MergeMethod method);

  /// Takes back an auto-merge that an earlier run enabled.
  Merge leaveOpen(Proposed proposed);

  /// Begins a wait for merges, with one limit for all that is waited for.
  ///
  /// @param newer whether what somebody put on the head branch is newer than what we wait for
  /// @param progress hears each change of state
  MergeWait mergeWait(Duration limit, Predicate<Provenance> newer, Progress progress);

  /// Removes a head branch that is not needed any more, if it still is at `tip`. What cannot be
  /// removed does no harm, and stays.
  void removeBranch(String headBranch, CommitSha tip);

  /// Closes the open pull request from `headBranch`, and removes the branch, where both are
  /// Slipway's own. What cannot be closed stays, and is told.
  ///
  /// @param why one sentence for those who look at the pull request later
  /// @throws dev.slipway.problem.ActionException when nobody tells what is open
  Withdrawal withdraw(String headBranch, String why);

  /// What became of a pull request that is not wanted any more.
  sealed interface Withdrawal {
    /// There was none that is open.
    record NothingOpen() implements Withdrawal {}

    /// It is closed.
    record Closed(PullRequest pullRequest) implements Withdrawal {}

    /// It is open still.
    record StillOpen(PullRequest pullRequest, Problem problem) implements Withdrawal {}
  }

  /// A wait for merges that has begun.
  interface MergeWait {
    /// Waits until GitHub has merged the pull request, or until it certainly will not.
    ///
    /// @param method to enable auto-merge again where somebody disabled it; empty: a person merges
    /// @throws dev.slipway.problem.ActionException when it was closed, a required check failed, or
    ///   the time is up
    Awaited await(Proposed proposed, Optional<MergeMethod> method);
  }

  /// How a wait for a merge ended.
  sealed interface Awaited {
    /// `commit` is the merge commit on the base branch.
    record Merged(CommitSha commit) implements Awaited {}

    /// The base branch has moved on so that the proposal must be made anew.
    record Outdated() implements Awaited {}

    /// Another run put a newer delivery into the pull request.
    record Overtaken(Provenance by) implements Awaited {}
  }

  /// What was read.
  ///
  /// @param branch the base branch
  /// @param head its tip; every file is as of this commit
  /// @param files those of the asked-for paths that exist
  /// @param obstacles why nothing can be proposed here, as far as a look can tell
  /// @param deliveries what Slipway delivered to a file lately, newest first; of a few files only
  /// @param proposals what Slipway proposes in open pull requests to that branch, as far as the
  ///   token may see them
  record Snapshot(
      String branch,
      CommitSha head,
      Map<String, FileContent> files,
      List<Problem> obstacles,
      Map<String, List<Provenance>> deliveries,
      List<Provenance> proposals) {}

  /// What the pull request is to say.
  ///
  /// @param commitMessage ends with a [#SOURCE_TRAILER]
  /// @param changes files that really differ, at least one
  record Proposal(
      String headBranch,
      String commitMessage,
      String title,
      String body,
      boolean draft,
      List<FileChange> changes) {}

  /// What became of a proposal.
  sealed interface Proposing {}

  /// What the pull request says now.
  ///
  /// @param head the tip of the pull request's branch
  record Proposed(PullRequest pullRequest, Operation operation, CommitSha head)
      implements Proposing {}

  /// The base branch is not what was read any more; nothing was written.
  record BaseMoved() implements Proposing {}

  /// A newer delivery stands in the pull request; nothing was written.
  record Overtaken(Provenance by) implements Proposing {}

  /// What had to be done to the pull request.
  enum Operation {
    CREATED,
    UPDATED,
    NONE
  }

  /// What became of the wish to merge.
  sealed interface Merge {
    /// Whether this run changed anything about it.
    default boolean changed() {
      return false;
    }

    /// Nobody wishes it.
    ///
    /// @param changed whether an earlier run had wished it
    record Off(boolean changed) implements Merge {}

    /// GitHub merges it when the rules of the base branch are met.
    ///
    /// @param changed whether that is new
    record Enabled(MergeMethod method, boolean changed) implements Merge {
      /// Enabled by this run.
      public Enabled(MergeMethod method) {
        this(method, true);
      }
    }

    /// Nothing was left to wait for. `commit` is the merge commit on the base branch.
    record Merged(CommitSha commit) implements Merge {
      @Override
      public boolean changed() {
        return true;
      }
    }

    /// The merge queue has it.
    ///
    /// @param changed whether that is new
    record Queued(boolean changed) implements Merge {}

    /// The base branch has moved on so that the proposal must be made anew.
    record Outdated(String why) implements Merge {}

    /// It stays open for a person.
    record Unavailable(String why, String fix) implements Merge {}
  }
}
