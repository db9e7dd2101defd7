package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.RepositoryName;
import java.util.Optional;

/// What a commit has at a path.
///
/// @param mode as git writes it, in octal: `100644` is a plain file
/// @param size in bytes
record TreeEntry(int mode, BlobId blob, long size) {
  /// The fields of GraphQL's `TreeEntry` that [#of] reads.
  static final String FIELDS = "mode oid size";

  private static final int EXECUTABLE = 0100755;
  private static final int SYMBOLIC_LINK = 0120000;
  private static final int SUBMODULE = 0160000;
  private static final int DIRECTORY = 0040000;

  /// Empty where there is nothing.
  static Optional<TreeEntry> of(JsonNode entry) {
    return entry.isObject()
        ? Optional.of(
            new TreeEntry(
                entry.path("mode").asInt(),
                new BlobId(entry.path("oid").asText()),
                entry.path("size").asLong()))
        : Optional.empty();
  }

  /// Checks that it is a file, and not something else with a path.
  ///
  /// @throws dev.slipway.problem.ActionException otherwise
  void requireFile(RepositoryName repository, String path) {
    switch (mode) {
      case SYMBOLIC_LINK -> throw GitHubProblems.notAFile(repository, path, "a symbolic link");
      case SUBMODULE -> throw GitHubProblems.notAFile(repository, path, "a submodule");
      case DIRECTORY -> throw GitHubProblems.notAFile(repository, path, "a directory");
      default -> {}
    }
  }

  /// Whether it is a file that may be run.
  boolean isExecutable() {
    return mode == EXECUTABLE;
  }
}
