package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.version.CommitSha;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What GitHub says about merging a pull request, at this moment.
///
/// @param id GraphQL's
/// @param state `OPEN`, `CLOSED` or `MERGED`
/// @param head the tip of its branch
/// @param status GitHub's
///   [MergeStateStatus](https://docs.github.com/en/graphql/reference/enums#mergestatestatus)
/// @param armed the method of auto-merge, when it is enabled
/// @param mergeCommit when it is merged
/// @param rules what the repository allows
record MergeState(
    String id,
    String state,
    String head,
    boolean draft,
    boolean conflicting,
    String status,
    boolean queued,
    Optional<MergeMethod> armed,
    Optional<CommitSha> mergeCommit,
    Rules rules) {
  /// The fields of GraphQL's `Repository` that [#of] reads, around those of its pull request.
  static final String FIELDS =
      """
      nameWithOwner
      autoMergeAllowed
      mergeCommitAllowed
      squashMergeAllowed
      rebaseMergeAllowed
      pullRequest(number: $number) {
        id
        state
        headRefOid
        isDraft
        mergeable
        mergeStateStatus
        isMergeQueueEnabled
        isInMergeQueue
        autoMergeRequest { mergeMethod }
        mergeCommit { oid }
        %s
      }
      """;

  static final String DOCUMENT =
      """
      query MergeState($owner: String!, $name: String!, $number: Int!) {
        repository(owner: $owner, name: $name) { %s }
      }
      """
          .formatted(FIELDS.formatted(""));

  /// What the repository allows.
  ///
  /// @param queue whether the base branch has a merge queue, which then chooses the method
  record Rules(boolean autoMerge, Set<MergeMethod> methods, boolean queue) {}

  static MergeState of(JsonNode repository) {
    JsonNode pullRequest = repository.path("pullRequest");
    return new MergeState(
        pullRequest.path("id").asText(),
        pullRequest.path("state").asText(),
        pullRequest.path("headRefOid").asText(),
        pullRequest.path("isDraft").asBoolean(),
        pullRequest.path("mergeable").asText().equals("CONFLICTING"),
        pullRequest.path("mergeStateStatus").asText(),
        pullRequest.path("isInMergeQueue").asBoolean(),
        text(pullRequest.path("autoMergeRequest").path("mergeMethod")).map(MergeMethod::valueOf),
        text(pullRequest.path("mergeCommit").path("oid")).map(CommitSha::new),
        new Rules(
            repository.path("autoMergeAllowed").asBoolean(),
            methods(repository),
            pullRequest.path("isMergeQueueEnabled").asBoolean()));
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
  }

  private static Set<MergeMethod> methods(JsonNode repository) {
    Set<MergeMethod> methods = EnumSet.noneOf(MergeMethod.class);
    Map.of(
            "mergeCommitAllowed", MergeMethod.MERGE,
            "squashMergeAllowed", MergeMethod.SQUASH,
            "rebaseMergeAllowed", MergeMethod.REBASE)
        .forEach((field, method) -> {
          if (repository.path(field).asBoolean()) {
            methods.add(method);
          }
        });
    return methods;
  }

  /// Whether nothing that is required is missing. `UNSTABLE` lacks only what is not required.
  boolean isReady() {
    return status.equals("CLEAN") || status.equals("HAS_HOOKS") || status.equals("UNSTABLE");
  }

  /// Whether only the same change on the newest base can be merged.
  boolean needsNewBase() {
    return conflicting || status.equals("DIRTY") || status.equals("BEHIND");
  }

  /// Whether GitHub is still working it out.
  boolean isUnknown() {
    return status.equals("UNKNOWN") || status.isEmpty();
  }
}
