package dev.slipway.sandbox;

import dev.slipway.sandbox.GitObjects.Commit;
import dev.slipway.sandbox.GitObjects.Entry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Decides whether a pull request can be merged, and merges it, as GitHub does.
final class FakeMerges {
  /// GitHub's words for how far a pull request is.
  enum Status {
    BEHIND,
    BLOCKED,
    CLEAN,
    DIRTY,
    UNKNOWN,
    UNSTABLE;

    boolean isReady() {
      return this == CLEAN || this == UNSTABLE;
    }
  }

  private final FakeRepository repository;
  private final GitObjects objects;
  private final FakeRules rules;

  FakeMerges(FakeRepository repository) {
    this.repository = repository;
    this.objects = repository.objects();
    this.rules = repository.rules();
  }

  Status status(FakePullRequest pullRequest) {
    if (!pullRequest.isOpen() || pullRequest.isUnknown()) {
      return Status.UNKNOWN;
    }
    if (isConflicting(pullRequest)) {
      return Status.DIRTY;
    }
    if (pullRequest.isDraft()
        || rules.hasPendingCheck()
        || (rules.requiresReview() && !pullRequest.isApproved())) {
      return Status.BLOCKED;
    }
    if (rules.requiresUpToDate() && isBehind(pullRequest)) {
      return Status.BEHIND;
    }
    return rules.hasPendingOptionalCheck() ? Status.UNSTABLE : Status.CLEAN;
  }

  private boolean isBehind(FakePullRequest pullRequest) {
    return !objects.history(pullRequest.head()).contains(repository.head(pullRequest.baseBranch()));
  }

  private boolean isConflicting(FakePullRequest pullRequest) {
    Commit fork = fork(pullRequest);
    Set<String> theirs =
        GitObjects.difference(
            fork.files(), objects.get(repository.head(pullRequest.baseBranch())).files());
    Set<String> ours = GitObjects.difference(fork.files(), objects.get(pullRequest.head()).files());
    return ours.stream().anyMatch(theirs::contains);
  }

  private Commit fork(FakePullRequest pullRequest) {
    return objects
        .mergeBase(pullRequest.head(), repository.head(pullRequest.baseBranch()))
        .map(objects::get)
        .orElseThrow();
  }

  void enableAutoMerge(FakePullRequest pullRequest, String method, Optional<String> expectedHead) {
    requireHead(pullRequest, expectedHead);
    if (!rules.allowsAutoMerge()) {
      throw GitHubRefusal.unprocessable("Auto merge is not allowed for this repository");
    }
    if (pullRequest.isDraft()) {
      throw GitHubRefusal.unprocessable("Pull request is a draft");
    }
    requireMethod(method);
    Status status = status(pullRequest);
    if (status.isReady()) {
      throw GitHubRefusal.unprocessable(
          "Pull request Pull request is in %s status"
              .formatted(status.name().toLowerCase(Locale.ROOT)));
    }
    pullRequest.enableAutoMerge(method);
  }

  void enqueue(FakePullRequest pullRequest, Optional<String> expectedHead) {
    requireHead(pullRequest, expectedHead);
    requireMergeable(pullRequest);
    pullRequest.enqueue();
  }

  /// What `PUT merge` does.
  String mergeNow(
      FakePullRequest pullRequest,
      String method,
      Optional<String> expectedHead,
      Optional<String> message) {
    if (expectedHead.filter(head -> !head.equals(pullRequest.head())).isPresent()) {
      throw GitHubRefusal.of(409, "Head branch was modified. Review and try the merge again.");
    }
    requireMethod(method);
    if (rules.hasMergeQueue()) {
      throw GitHubRefusal.of(405, "Changes must be made through the merge queue");
    }
    requireMergeable(pullRequest);
    return merge(pullRequest, method, message);
  }

  private static void requireHead(FakePullRequest pullRequest, Optional<String> expected) {
    if (expected.filter(head -> !head.equals(pullRequest.head())).isPresent()) {
      throw GitHubRefusal.unprocessable(
          "Head branch was modified. Review and try the merge again.");
    }
  }

  private void requireMethod(String method) {
    if (!rules.hasMergeQueue() && !rules.allows(FakeRules.Method.valueOf(method))) {
      throw GitHubRefusal.of(
          405,
          switch (method) {
            case "SQUASH" -> "Squash merges are not allowed on this repository.";
            case "REBASE" -> "Rebase merges are not allowed on this repository.";
            default -> "Merge commits are not allowed on this repository.";
          });
    }
  }

  private void requireMergeable(FakePullRequest pullRequest) {
    if (!pullRequest.isOpen() || !status(pullRequest).isReady()) {
      throw GitHubRefusal.of(405, "Pull Request is not mergeable");
    }
  }

  /// Merges, whatever the rules say.
  String merge(FakePullRequest pullRequest, String method, Optional<String> extra) {
    Commit head = objects.get(pullRequest.head());
    String base = repository.head(pullRequest.baseBranch());
    SortedMap<String, Entry> files = new TreeMap<>(objects.get(base).files());
    GitObjects.difference(fork(pullRequest).files(), head.files())
        .forEach(path -> files.put(path, head.files().get(path)));
    List<String> parents = method.equals("MERGE") ? List.of(base, head.id()) : List.of(base);
    Commit merged = objects.commit(files, parents, message(pullRequest, head, method, extra), true);
    pullRequest.merged(merged.id());
    repository.move(FakeRepository.HEADS + pullRequest.baseBranch(), Optional.of(merged.id()));
    return merged.id();
  }

  /// GitHub keeps a single commit's own message in a squash, unless the request brings another.
  private static String message(
      FakePullRequest pullRequest, Commit head, String method, Optional<String> extra) {
    return switch (method) {
      case "MERGE" ->
          "Merge pull request #%d from %s\n\n%s"
              .formatted(
                  pullRequest.number(),
                  pullRequest.headBranch(),
                  extra.orElse(pullRequest.title()));
      case "SQUASH" ->
          extra
              .map(text ->
                  "%s (#%d)\n\n%s".formatted(pullRequest.title(), pullRequest.number(), text))
              .orElseGet(() ->
                  head.message().replaceFirst("(?m)$", " (#%d)".formatted(pullRequest.number())));
      default -> head.message();
    };
  }
}
