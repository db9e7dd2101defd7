package dev.slipway.argocd;

import dev.slipway.delivery.Expectation.Delivered;
import dev.slipway.delivery.GitOpsHistory;
import dev.slipway.values.FileContent;
import dev.slipway.version.CommitSha;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A branch without merges, oldest commit first; every other commit is unknown.
///
/// @param replacing from this commit on, the delivered values are gone
/// @param asked every question, in order
/// @param forgetful how many questions are answered before it knows any commit
record LinearHistory(
    List<CommitSha> commits, List<CommitSha> replacing, List<String> asked, int forgetful)
    implements GitOpsHistory {

  static LinearHistory of(String... commits) {
    return new LinearHistory(
        List.of(commits).stream().map(CommitSha::new).toList(), List.of(), new ArrayList<>(), 0);
  }

  LinearHistory replacedAt(String commit) {
    int from = commits.indexOf(new CommitSha(commit));
    return new LinearHistory(commits, commits.subList(from, commits.size()), asked, 0);
  }

  LinearHistory forgettingFirst(int questions) {
    return new LinearHistory(commits, replacing, asked, questions);
  }

  @Override
  public boolean contains(CommitSha ancestor, CommitSha commit) {
    asked.add("contains " + ancestor.shortened(7) + " " + commit.shortened(7));
    return asked.size() > forgetful
        && commits.contains(ancestor)
        && commits.indexOf(ancestor) <= commits.indexOf(commit);
  }

  @Override
  public boolean keeps(Delivered delivered, CommitSha commit) {
    asked.add("keeps " + commit.shortened(7));
    return commits.indexOf(commit) >= commits.indexOf(delivered.commit())
        && !replacing.contains(commit);
  }

  @Override
  public List<Change> changes(CommitSha head, Set<String> paths) {
    throw new AssertionError("who waits asks for no changes");
  }

  @Override
  public Map<String, FileContent> at(CommitSha commit, Set<String> paths) {
    throw new AssertionError("who waits reads no files");
  }
}
