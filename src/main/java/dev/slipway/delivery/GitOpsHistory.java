package dev.slipway.delivery;

import dev.slipway.values.FileContent;
import dev.slipway.version.CommitSha;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Port: what became of a delivered commit in the GitOps repository. A shared branch moves on, so
/// the commit that runs is seldom the one that was delivered.
public interface GitOpsHistory extends CommitHistory {
  /// Whether the files at `commit` still say what was delivered: every value of
  /// `delivered.changes()` has its new text there.
  boolean keeps(Expectation.Delivered delivered, CommitSha commit);

  /// The commits that touched any of `paths`, from `head` back, the newest first, as far as one
  /// look reaches.
  ///
  /// @param paths at least one
  /// @throws dev.slipway.problem.ActionException when they cannot be read
  List<Change> changes(CommitSha head, Set<String> paths);

  /// The files as they were at a commit; those that did not exist are left out.
  ///
  /// @throws dev.slipway.problem.ActionException when they cannot be read
  Map<String, FileContent> at(CommitSha commit, Set<String> paths);

  /// A commit and what its author wrote about it.
  record Change(CommitSha commit, String message) {}
}
