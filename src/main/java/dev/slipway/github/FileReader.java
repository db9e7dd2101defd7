package dev.slipway.github;

import dev.slipway.delivery.RepositoryName;
import dev.slipway.values.FileContent;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads files by the names that git gives to their contents, each content once.
///
/// @param known contents that were read before; their names say what they hold, so they stay true
record FileReader(GitHubApi api, Map<BlobId, FileContent> known) {
  private static final int LARGEST_FILE = 10 * 1024 * 1024;

  /// The contents of `entries`, by path.
  ///
  /// @throws dev.slipway.problem.ActionException for what is no file, or too large
  Map<String, FileContent> contents(RepositoryName name, Map<String, TreeEntry> entries) {
    Map<String, FileContent> contents = new LinkedHashMap<>();
    entries.forEach((path, entry) -> contents.put(path, content(name, path, entry)));
    return contents;
  }

  private FileContent content(RepositoryName name, String path, TreeEntry entry) {
    entry.requireFile(name, path);
    if (entry.size() > LARGEST_FILE) {
      throw GitHubProblems.tooLarge(name, path, entry.size(), LARGEST_FILE);
    }
    return known.computeIfAbsent(entry.blob(), blob -> read(name, path, blob));
  }

  private FileContent read(RepositoryName name, String path, BlobId id) {
    byte[] bytes =
        api.library()
            .call(() -> {
              try (InputStream blob = api.library().repository(name).readBlob(id.value())) {
                return blob.readAllBytes();
              }
            });
    FileContent content = FileContent.of(bytes);
    if (!BlobId.of(content).equals(id)) {
      throw GitHubProblems.damaged(name, path);
    }
    return content;
  }
}
