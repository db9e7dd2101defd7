package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.GitOpsRepository;
import dev.slipway.version.CommitSha;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The commit at the end of a branch.
///
/// @param changedFiles compared with its first parent; -1 when GitHub does not tell
/// @param entries what it has at the paths that were asked for
record BranchTip(
    CommitSha commit,
    String message,
    List<Parent> parents,
    int changedFiles,
    Map<String, TreeEntry> entries) {
  /// The fields of GraphQL's `Commit` that [#of] reads, besides its name and the files.
  static final String FIELDS =
      "message changedFilesIfAvailable parents(first: 2) { nodes { oid message } }";

  private static final int LONGEST_HEADLINE = 72;

  /// A commit before it.
  record Parent(String commit, String message) {}

  static BranchTip of(JsonNode commit, PathFields paths) {
    return new BranchTip(
        new CommitSha(commit.path("oid").asText()),
        commit.path("message").asText(),
        commit
            .path("parents")
            .path("nodes")
            .valueStream()
            .map(node -> new Parent(node.path("oid").asText(), node.path("message").asText()))
            .toList(),
        commit.path("changedFilesIfAvailable").asInt(-1),
        paths.entries(commit));
  }

  /// Whether it is one commit and the only one on `base`.
  boolean isOn(CommitSha base) {
    return parents.size() == 1 && parents.getFirst().commit().equals(base.value());
  }

  /// Whether it changes these files to these contents, and no other file.
  boolean makesExactly(List<FileChange> changes) {
    return parents.size() == 1
        && changedFiles == changes.size()
        && changes.stream()
            .allMatch(change ->
                Optional.ofNullable(entries.get(change.path()))
                    .map(TreeEntry::blob)
                    .filter(BlobId.of(change.after())::equals)
                    .isPresent());
  }

  /// Whether Slipway made it, or GitHub's button "Update branch" merged the base into one that
  /// Slipway made.
  boolean isOurs() {
    return hasTrailer(message) || (parents.size() == 2 && hasTrailer(parents.getFirst().message()));
  }

  private static boolean hasTrailer(String message) {
    return message
        .lines()
        .anyMatch(line -> line.startsWith(GitOpsRepository.SOURCE_TRAILER + ": "));
  }

  /// The message's first line, cut for a message of ours.
  String headline() {
    String line = message.lines().findFirst().orElse("");
    return line.length() <= LONGEST_HEADLINE ? line : line.substring(0, LONGEST_HEADLINE) + "...";
  }
}
