package dev.slipway.sandbox;

import dev.slipway.sandbox.FakeTokens.Viewer;
import dev.slipway.sandbox.GitObjects.Commit;
import dev.slipway.sandbox.GitObjects.Entry;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Carries out the mutations of [FakeGraphQl].
final class FakeMutations {
  private static final String NONE = "0".repeat(40);

  /// A repository's name may hold underscores, too.
  private static final String BORDERS = "(?<=^[A-Z]{1,4})_|#";

  private final FakeGitHub gitHub;

  FakeMutations(FakeGitHub gitHub) {
    this.gitHub = gitHub;
  }

  @SuppressWarnings("rawtypes") // as graphql-java's builder asks for it
  Map<String, DataFetcher> fetchers() {
    return Map.of(
        "createCommitOnBranch", (DataFetcher<?>) this::createCommitOnBranch,
        "updateRefs", (DataFetcher<?>) this::updateRefs,
        "updatePullRequest", (DataFetcher<?>) this::updatePullRequest,
        "enablePullRequestAutoMerge", (DataFetcher<?>) this::enableAutoMerge,
        "disablePullRequestAutoMerge", (DataFetcher<?>) this::disableAutoMerge,
        "closePullRequest", (DataFetcher<?>) this::closePullRequest,
        "dequeuePullRequest", (DataFetcher<?>) this::dequeue,
        "createDeploymentStatus", (DataFetcher<?>) this::createDeploymentStatus,
        "enqueuePullRequest", (DataFetcher<?>) this::enqueue);
  }

  private static Map<String, Object> input(DataFetchingEnvironment environment) {
    return environment.getArgument("input");
  }

  @SuppressWarnings("unchecked") // JSON objects
  private static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked") // JSON arrays of objects
  private static List<Map<String, Object>> objects(Object value) {
    return (List<Map<String, Object>>) value;
  }

  private FakeRepository writable(DataFetchingEnvironment environment, String name) {
    Viewer viewer = environment.getGraphQlContext().get(FakeGraphQl.VIEWER);
    FakeRepository repository =
        gitHub
            .find(name)
            .filter(viewer::sees)
            .orElseThrow(
                () -> GitHubRefusal.notFound("Could not resolve to a node with the global id."));
    viewer.requireContents(repository);
    return repository;
  }

  private Map<String, Object> createCommitOnBranch(DataFetchingEnvironment environment) {
    Map<String, Object> input = input(environment);
    Map<String, Object> branch = object(input.get("branch"));
    FakeRepository repository =
        writable(environment, (String) branch.get("repositoryNameWithOwner"));
    String ref = FakeRepository.HEADS + branch.get("branchName");
    FakeRest.requireUnguarded(repository, ref);
    String tip =
        Optional.ofNullable(repository.refs().get(ref))
            .orElseThrow(() ->
                GitHubRefusal.notFound(
                    "Could not resolve to a Ref with the name %s.".formatted(ref)));
    if (!tip.equals(input.get("expectedHeadOid"))) {
      throw GitHubRefusal.stale(
          "Expected branch to point to \"%s\" but it did not. Pull and try again."
              .formatted(input.get("expectedHeadOid")));
    }
    return Map.of("commit", append(repository, ref, tip, input));
  }

  private static Map<String, Object> append(
      FakeRepository repository, String ref, String tip, Map<String, Object> input) {
    Commit commit =
        repository
            .objects()
            .commit(
                changed(repository, tip, object(input.get("fileChanges"))),
                List.of(tip),
                message(object(input.get("message"))),
                true);
    repository.move(ref, Optional.of(commit.id()));
    return CommitFields.of(repository, commit);
  }

  private static SortedMap<String, Entry> changed(
      FakeRepository repository, String tip, Map<String, Object> changes) {
    SortedMap<String, Entry> files = new TreeMap<>(repository.objects().get(tip).files());
    for (Map<String, Object> addition : objects(changes.get("additions"))) {
      byte[] content = Base64.getDecoder().decode((String) addition.get("contents"));
      // Like GitHub: a file's mode is lost.
      files.put(
          (String) addition.get("path"),
          new Entry(GitObjects.FILE, repository.objects().blob(content)));
    }
    return files;
  }

  private static String message(Map<String, Object> message) {
    String body = Objects.toString(message.get("body"), "");
    return message.get("headline") + (body.isEmpty() ? "" : "\n\n" + body);
  }

  private Map<String, Object> updateRefs(DataFetchingEnvironment environment) {
    Map<String, Object> input = input(environment);
    FakeRepository repository =
        writable(environment, ((String) input.get("repositoryId")).substring("R_".length()));
    List<Map<String, Object>> updates = objects(input.get("refUpdates"));
    updates.forEach(update -> requireMovable(repository, update));
    updates.forEach(update ->
        repository.move(
            (String) update.get("name"),
            Optional.of((String) update.get("afterOid")).filter(oid -> !oid.equals(NONE))));
    return Map.of();
  }

  private static void requireMovable(FakeRepository repository, Map<String, Object> update) {
    String ref = (String) update.get("name");
    FakeRest.requireUnguarded(repository, ref);
    Optional<String> now = Optional.ofNullable(repository.refs().get(ref));
    Optional<String> before = Optional.ofNullable((String) update.get("beforeOid"));
    if (before.isPresent() && !before.get().equals(now.orElse(NONE))) {
      throw GitHubRefusal.stale(
          "Ref %s is at %s but expected %s".formatted(ref, now.orElse(NONE), before.get()));
    }
    String after = (String) update.get("afterOid");
    boolean forward =
        after.equals(NONE)
            || now.isEmpty()
            || repository.objects().history(after).contains(now.get());
    if (!forward && !Boolean.TRUE.equals(update.get("force"))) {
      throw GitHubRefusal.unprocessable("Update is not a fast forward");
    }
  }

  private FakePullRequest pullRequest(DataFetchingEnvironment environment) {
    return pullRequest(environment, (String) input(environment).get("pullRequestId"));
  }

  private FakePullRequest pullRequest(DataFetchingEnvironment environment, String nodeId) {
    String[] id = nodeId.split(BORDERS, 3);
    FakeRepository repository = writable(environment, id[1]);
    Viewer viewer = environment.getGraphQlContext().get(FakeGraphQl.VIEWER);
    viewer.requirePullRequests(repository);
    return repository.pullRequests().get(Integer.parseInt(id[2]) - 1);
  }

  private FakeMerges merges(DataFetchingEnvironment environment) {
    String[] id = ((String) input(environment).get("pullRequestId")).split(BORDERS, 3);
    return gitHub.find(id[1]).orElseThrow().merges();
  }

  private static Optional<String> expectedHead(DataFetchingEnvironment environment) {
    return Optional.ofNullable((String) input(environment).get("expectedHeadOid"));
  }

  private Map<String, Object> updatePullRequest(DataFetchingEnvironment environment) {
    FakePullRequest pullRequest = pullRequest(environment);
    pullRequest.retell(
        Optional.ofNullable((String) input(environment).get("title")),
        Optional.ofNullable((String) input(environment).get("body")));
    return state(pullRequest);
  }

  private static Map<String, Object> state(FakePullRequest pullRequest) {
    return Map.of(
        "pullRequest", Map.of("number", pullRequest.number(), "state", pullRequest.state().name()));
  }

  private Map<String, Object> closePullRequest(DataFetchingEnvironment environment) {
    FakePullRequest pullRequest = pullRequest(environment);
    if (!pullRequest.isOpen()) {
      throw GitHubRefusal.unprocessable("Pull request is not open");
    }
    pullRequest.close();
    return state(pullRequest);
  }

  private Map<String, Object> enableAutoMerge(DataFetchingEnvironment environment) {
    FakePullRequest pullRequest = pullRequest(environment);
    merges(environment)
        .enableAutoMerge(
            pullRequest, (String) input(environment).get("mergeMethod"), expectedHead(environment));
    return Map.of("pullRequest", Map.of("id", input(environment).get("pullRequestId")));
  }

  private Map<String, Object> disableAutoMerge(DataFetchingEnvironment environment) {
    pullRequest(environment).disableAutoMerge();
    return Map.of();
  }

  private Map<String, Object> enqueue(DataFetchingEnvironment environment) {
    FakePullRequest pullRequest = pullRequest(environment);
    merges(environment).enqueue(pullRequest, expectedHead(environment));
    return Map.of("mergeQueueEntry", Map.of("id", "MQE_" + pullRequest.number()));
  }

  private Map<String, Object> dequeue(DataFetchingEnvironment environment) {
    FakePullRequest pullRequest = pullRequest(environment, (String) input(environment).get("id"));
    if (!pullRequest.isQueued()) {
      throw GitHubRefusal.unprocessable("Pull request is not in a merge queue");
    }
    pullRequest.dequeue();
    return Map.of();
  }

  private Map<String, Object> createDeploymentStatus(DataFetchingEnvironment environment) {
    String id = (String) input(environment).get("deploymentId");
    Viewer viewer = environment.getGraphQlContext().get(FakeGraphQl.VIEWER);
    FakeRepository repository =
        gitHub
            .find(id.split(BORDERS, 3)[1])
            .filter(viewer::sees)
            .orElseThrow(
                () -> GitHubRefusal.notFound("Could not resolve to a node with the global id."));
    new FakeDeployments(repository, viewer).addStatus(input(environment));
    return Map.of();
  }
}
