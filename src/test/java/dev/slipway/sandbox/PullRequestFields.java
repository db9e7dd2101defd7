package dev.slipway.sandbox;

import static dev.slipway.sandbox.FakeSchema.field;

import graphql.schema.DataFetchingEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The fields of GitHub's type `PullRequest`.
///
/// @param repository whose pull requests they are
record PullRequestFields(FakeGitHub gitHub, FakeRepository repository) {
  /// Those that a query asks for.
  Map<String, Object> asked(DataFetchingEnvironment asked) {
    return Map.of(
        "nodes",
        repository.pullRequests().stream()
            .filter(pr -> isAsked(asked, "headRefName", pr.headBranch()))
            .filter(pr -> isAsked(asked, "baseRefName", pr.baseBranch()))
            .filter(pr -> asked.<List<String>>getArgument("states").contains(pr.state().name()))
            .map(pr -> of(pr.number()))
            .toList());
  }

  private static boolean isAsked(DataFetchingEnvironment asked, String argument, String value) {
    return !asked.containsArgument(argument) || value.equals(asked.getArgument(argument));
  }

  /// The one with a number.
  Map<String, Object> of(int number) {
    FakePullRequest found =
        repository.pullRequests().stream()
            .filter(pullRequest -> pullRequest.number() == number)
            .findFirst()
            .orElseThrow(() ->
                GitHubRefusal.notFound(
                    "Could not resolve to a PullRequest with the number of %d.".formatted(number)));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", "PR_%s#%d".formatted(repository.fullName(), number));
    fields.put("number", number);
    fields.put("url", FakePulls.url(gitHub, repository, found));
    fields.put("title", found.title());
    fields.put("body", found.body());
    fields.put("state", found.state().name());
    fields.put("isDraft", found.isDraft());
    fields.put("isCrossRepository", false);
    fields.put("headRefName", found.headBranch());
    fields.put(
        "headRef",
        FakeSchema.ref(repository, FakeRepository.HEADS + found.headBranch()).orElse(null));
    fields.put("headRefOid", found.head());
    fields.put("baseRefName", found.baseBranch());
    fields.put(
        "commits",
        Map.of(
            "nodes",
            List.of(
                Map.of(
                    "commit",
                    CommitFields.of(repository, repository.objects().get(found.head()))))));
    putMerging(fields, found);
    return fields;
  }

  private void putMerging(Map<String, Object> fields, FakePullRequest found) {
    fields.put("isInMergeQueue", found.isQueued());
    if (repository.rules().requiresReview()) {
      fields.put("reviewDecision", found.isApproved() ? "APPROVED" : "REVIEW_REQUIRED");
    }
    fields.put("isMergeQueueEnabled", repository.rules().hasMergeQueue());
    found
        .autoMerge()
        .ifPresent(method -> fields.put("autoMergeRequest", Map.of("mergeMethod", method)));
    found
        .mergeCommit()
        .map(repository.objects()::get)
        .ifPresent(merged -> fields.put("mergeCommit", CommitFields.of(repository, merged)));
    fields.put("mergeable", field(_ -> Optional.of(mergeable(repository.merges().status(found)))));
    fields.put(
        "mergeStateStatus",
        field(_ -> {
          FakeMerges.Status status = repository.merges().status(found);
          found.looked();
          return Optional.of(status.name());
        }));
  }

  private static String mergeable(FakeMerges.Status status) {
    return switch (status) {
      case DIRTY -> "CONFLICTING";
      case UNKNOWN -> "UNKNOWN";
      case BEHIND, BLOCKED, CLEAN, UNSTABLE -> "MERGEABLE";
    };
  }
}
