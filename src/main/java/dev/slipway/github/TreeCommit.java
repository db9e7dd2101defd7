package dev.slipway.github;

import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.version.CommitSha;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GHTreeBuilder;

/// A commit made of git's own objects, on no branch yet.
///
/// It keeps the mode of executable files, which GitHub's commits on a branch do not. GitHub signs
/// it for an app's token only.
///
/// @param tree of the parent
/// @param before what the parent has at the paths of `changes`
record TreeCommit(
    CommitSha parent,
    String tree,
    String message,
    List<FileChange> changes,
    Map<String, TreeEntry> before) {

  /// Whether only such a commit can make these changes.
  static boolean isNeeded(Map<String, TreeEntry> before) {
    return before.values().stream().anyMatch(TreeEntry::isExecutable);
  }

  /// Makes it. Objects of git that nobody refers to are nothing, so a lost answer is asked again.
  CommitSha make(GitHubApi api, RepositoryName name) {
    Attempts attempts = new Attempts(api.waiting());
    while (true) {
      try {
        return api.library().call(() -> commit(api.library().repository(name)));
      } catch (Lost lost) {
        attempts.failed(lost);
      }
    }
  }

  private CommitSha commit(GHRepository repository) throws IOException {
    GHTreeBuilder builder = repository.createTree().baseTree(tree);
    for (FileChange change : changes) {
      boolean executable =
          before.containsKey(change.path()) && before.get(change.path()).isExecutable();
      builder.add(change.path(), change.after().bytes(), executable);
    }
    return new CommitSha(
        repository
            .createCommit()
            .message(message.strip())
            .tree(builder.create().getSha())
            .parent(parent.value())
            .create()
            .getSHA1());
  }
}
