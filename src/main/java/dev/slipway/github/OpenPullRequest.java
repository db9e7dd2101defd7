package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.PullRequest;
import java.net.URI;

/// A pull request as GraphQL tells of it.
///
/// @param id GraphQL's
/// @param mergeable `MERGEABLE`, `CONFLICTING` or `UNKNOWN`
/// @param status GitHub's `MergeStateStatus`
record OpenPullRequest(
    String id,
    PullRequest pullRequest,
    String title,
    String body,
    String mergeable,
    String status) {
  /// The fields of GraphQL's `PullRequest` that [#of] reads, and what tells forks apart.
  static final String FIELDS =
      "id number url title body isCrossRepository mergeable mergeStateStatus";

  static OpenPullRequest of(JsonNode node) {
    return new OpenPullRequest(
        node.path("id").asText(),
        new PullRequest(node.path("number").asInt(), URI.create(node.path("url").asText())),
        node.path("title").asText(),
        node.path("body").asText(),
        node.path("mergeable").asText(),
        node.path("mergeStateStatus").asText());
  }

  /// Whether GitHub is still working out if it merges.
  boolean isUndecided() {
    return mergeable.equals("UNKNOWN");
  }

  /// Whether it merges as it is, and no rule wants it newer.
  boolean isUpToDate() {
    return mergeable.equals("MERGEABLE") && !status.equals("BEHIND") && !status.equals("DIRTY");
  }
}
