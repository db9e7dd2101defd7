package dev.slipway.delivery;

import dev.slipway.values.FileContent;
import dev.slipway.version.CommitSha;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The history of a GitOps repository in memory.
final class FileHistory implements GitOpsHistory {
  private final List<Change> changes = new ArrayList<>();
  private final Map<CommitSha, Map<String, FileContent>> contents = new HashMap<>();

  /// Somebody commits a file.
  CommitSha commit(String message, String path, String text) {
    CommitSha commit = new CommitSha("%040x".formatted(0xc0 + changes.size()));
    Map<String, FileContent> files =
        new HashMap<>(changes.isEmpty() ? Map.of() : contents.get(changes.getFirst().commit()));
    files.put(path, FileContent.of(text));
    changes.addFirst(new Change(commit, message));
    contents.put(commit, files);
    return commit;
  }

  @Override
  public List<Change> changes(CommitSha head, Set<String> paths) {
    return List.copyOf(changes);
  }

  @Override
  public Map<String, FileContent> at(CommitSha commit, Set<String> paths) {
    Map<String, FileContent> files = new HashMap<>(contents.get(commit));
    files.keySet().retainAll(paths);
    return files;
  }

  @Override
  public boolean keeps(Expectation.Delivered delivered, CommitSha commit) {
    throw new AssertionError("nobody waits");
  }

  @Override
  public boolean contains(CommitSha ancestor, CommitSha commit) {
    throw new AssertionError("nobody waits");
  }
}
