package dev.slipway.github;

import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.version.CommitSha;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// A commit that GitHub makes and signs, if its branch still is where it was seen.
///
/// @param parent where the branch was seen
record SignedCommit(String branch, CommitSha parent, String message, List<FileChange> changes) {
  static final String DOCUMENT =
      """
      mutation CommitOnBranch($input: CreateCommitOnBranchInput!) {
        createCommitOnBranch(input: $input) { commit { oid } }
      }
      """;

  SignedCommit {
    changes = List.copyOf(changes);
  }

  /// Makes it.
  ///
  /// @throws Refused with `STALE_DATA` when the branch is elsewhere
  /// @throws Lost when it may or may not have been made
  CommitSha make(GitHubApi api, RepositoryName repository) {
    return new CommitSha(
        api.graphQl()
            .mutate(DOCUMENT, Map.of("input", input(repository)))
            .path("createCommitOnBranch")
            .path("commit")
            .path("oid")
            .asText());
  }

  private Map<String, Object> input(RepositoryName repository) {
    String[] parts = message.strip().split("\n", 2);
    return Map.of(
        "branch",
        Map.of("repositoryNameWithOwner", repository.toString(), "branchName", branch),
        "expectedHeadOid",
        parent.value(),
        "message",
        Map.of("headline", parts[0].strip(), "body", parts.length > 1 ? parts[1].strip() : ""),
        "fileChanges",
        Map.of("additions", additions()));
  }

  private List<Map<String, String>> additions() {
    return changes.stream()
        .map(change ->
            Map.of(
                "path", change.path(),
                "contents", Base64.getEncoder().encodeToString(change.after().bytes())))
        .toList();
  }
}
