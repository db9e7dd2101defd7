package dev.slipway.sandbox;

import dev.slipway.sandbox.FakeTokens.Viewer;
import dev.slipway.sandbox.GitObjects.Commit;
import dev.slipway.sandbox.GitObjects.Entry;
import graphql.Scalars;
import graphql.schema.DataFetcherFactories;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.idl.RuntimeWiring;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Fetches what the queries of [FakeGraphQl] ask for.
final class FakeSchema {
  private final FakeGitHub gitHub;
  private final FakeMutations mutations;

  FakeSchema(FakeGitHub gitHub) {
    this.gitHub = gitHub;
    this.mutations = new FakeMutations(gitHub);
  }

  RuntimeWiring wiring() {
    RuntimeWiring.Builder wiring =
        RuntimeWiring.newRuntimeWiring()
            .type("Query", type -> type.dataFetcher("repository", this::repository))
            .type(
                "GitObject",
                type -> type.typeResolver(object -> object.getSchema().getObjectType("Commit")))
            .type(
                "StatusCheckRollupContext",
                type -> type.typeResolver(object -> object.getSchema().getObjectType("CheckRun")))
            .type("Mutation", type -> type.dataFetchers(mutations.fetchers()))
            .codeRegistry(
                GraphQLCodeRegistry.newCodeRegistry()
                    .defaultDataFetcher(DataFetcherFactories.useDataFetcher(FakeSchema::property))
                    .build());
    for (String name :
        List.of("Base64String", "DateTime", "GitObjectID", "GitRefname", "GitTimestamp", "URI")) {
      wiring.scalar(Scalars.GraphQLString.transform(scalar -> scalar.name(name)));
    }
    return wiring.build();
  }

  /// Everything is a map; what depends on arguments or costs something is a [Field] in it.
  private static @Nullable Object property(DataFetchingEnvironment environment) {
    Map<String, Object> source = environment.getSource();
    return source.get(environment.getField().getName()) instanceof Field field
        ? field.fetch(environment).orElse(null)
        : source.get(environment.getField().getName());
  }

  private Map<String, Object> repository(DataFetchingEnvironment environment) {
    String name = environment.getArgument("owner") + "/" + environment.getArgument("name");
    Viewer viewer = environment.getGraphQlContext().get(FakeGraphQl.VIEWER);
    return gitHub
        .find(name)
        .filter(viewer::sees)
        .map(found -> fields(found, viewer))
        .orElseThrow(() ->
            GitHubRefusal.notFound(
                "Could not resolve to a Repository with the name '%s'.".formatted(name)));
  }

  private Map<String, Object> fields(FakeRepository repository, Viewer viewer) {
    FakeRules rules = repository.rules();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", "R_" + repository.fullName());
    fields.put("nameWithOwner", repository.fullName());
    fields.put("isArchived", rules.isArchived());
    fields.put("isEmpty", repository.refs().isEmpty());
    fields.put("autoMergeAllowed", rules.allowsAutoMerge());
    fields.put("mergeCommitAllowed", rules.allows(FakeRules.Method.MERGE));
    fields.put("squashMergeAllowed", rules.allows(FakeRules.Method.SQUASH));
    fields.put("rebaseMergeAllowed", rules.allows(FakeRules.Method.REBASE));
    viewer.role(repository).ifPresent(role -> fields.put("viewerPermission", role));
    fields.put(
        "defaultBranchRef",
        ref(repository, FakeRepository.HEADS + repository.defaultBranch()).orElse(null));
    fields.put("ref", field(asked -> ref(repository, asked.getArgument("qualifiedName"))));
    fields.put(
        "object",
        field(asked ->
            repository.objects().find(asked.getArgument("oid")).map(c -> commit(repository, c))));
    fields.put(
        "deployments", field(asked -> Optional.of(FakeDeployments.connection(repository, asked))));
    fields.put("pullRequests", field(asked -> Optional.of(pullRequests(repository, asked))));
    fields.put(
        "pullRequest",
        field(asked -> Optional.of(pullRequest(repository, asked.<Integer>getArgument("number")))));
    return fields;
  }

  /// A field that is worked out when it is asked for.
  private interface Field {
    Optional<?> fetch(DataFetchingEnvironment environment);
  }

  private static Field field(Field field) {
    return field;
  }

  private static Optional<Map<String, Object>> ref(FakeRepository repository, String name) {
    return Optional.ofNullable(repository.refs().get(name))
        .map(commit ->
            Map.of(
                "name", name.substring(FakeRepository.HEADS.length()),
                "target", commit(repository, repository.objects().get(commit))));
  }

  static Map<String, Object> commit(FakeRepository repository, Commit commit) {
    GitObjects objects = repository.objects();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("oid", commit.id());
    fields.put("message", commit.message());
    fields.put("committedDate", commit.date().toString());
    fields.put("tree", Map.of("oid", objects.tree(commit.files())));
    SortedMap<String, Entry> before =
        commit.parents().isEmpty()
            ? new TreeMap<>()
            : objects.get(commit.parents().getFirst()).files();
    fields.put("changedFilesIfAvailable", GitObjects.difference(before, commit.files()).size());
    fields.put("file", field(asked -> entry(objects, commit, asked.getArgument("path"))));
    fields.put("history", field(asked -> Optional.of(history(repository, commit, asked))));
    fields.put("statusCheckRollup", field(_ -> checks(repository)));
    fields.put(
        "parents",
        field(asked ->
            Optional.of(
                Map.of(
                    "nodes",
                    commit.parents().stream()
                        .limit(asked.<Integer>getArgument("first"))
                        .map(parent -> commit(repository, objects.get(parent)))
                        .toList()))));
    return fields;
  }

  /// Like git: the commits that changed the path, nearest first.
  private static Map<String, Object> history(
      FakeRepository repository, Commit commit, DataFetchingEnvironment asked) {
    GitObjects objects = repository.objects();
    String path = asked.getArgument("path");
    return Map.of(
        "nodes",
        objects.history(commit.id()).stream()
            .map(objects::get)
            .filter(one -> changes(objects, one, path))
            .limit(asked.<Integer>getArgument("first"))
            .map(one -> commit(repository, one))
            .toList());
  }

  private static boolean changes(GitObjects objects, Commit commit, String path) {
    Optional<Entry> now = Optional.ofNullable(commit.files().get(path));
    return commit.parents().isEmpty()
        ? now.isPresent()
        : commit.parents().stream()
            .noneMatch(
                parent -> now.equals(Optional.ofNullable(objects.get(parent).files().get(path))));
  }

  private static Optional<Map<String, Object>> checks(FakeRepository repository) {
    List<Map<String, Object>> checks =
        repository.rules().checks().entrySet().stream()
            .map(check -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("name", check.getKey());
              fields.put("isRequired", field(_ -> Optional.of(true)));
              check.getValue().ifPresent(end -> fields.put("conclusion", end));
              return fields;
            })
            .toList();
    return checks.isEmpty()
        ? Optional.empty()
        : Optional.of(Map.of("contexts", Map.of("nodes", checks)));
  }

  private static Optional<Map<String, Object>> entry(
      GitObjects objects, Commit commit, String path) {
    SortedMap<String, Entry> below = new TreeMap<>();
    commit
        .files()
        .forEach((file, entry) -> {
          if (file.startsWith(path + "/")) {
            below.put(file.substring(path.length() + 1), entry);
          }
        });
    if (!below.isEmpty()) {
      return Optional.of(entry(path, GitObjects.DIRECTORY, objects.tree(below), "tree", 0));
    }
    return Optional.ofNullable(commit.files().get(path))
        .map(file ->
            entry(
                path,
                file.mode(),
                file.blob(),
                "blob",
                objects.content(file.blob()).map(content -> content.length).orElse(0)));
  }

  private static Map<String, Object> entry(
      String path, int mode, String oid, String type, int size) {
    return Map.of("path", path, "mode", mode, "oid", oid, "type", type, "size", size);
  }

  private Map<String, Object> pullRequests(
      FakeRepository repository, DataFetchingEnvironment asked) {
    return Map.of(
        "nodes",
        repository.pullRequests().stream()
            .filter(pr -> isAsked(asked, "headRefName", pr.headBranch()))
            .filter(pr -> isAsked(asked, "baseRefName", pr.baseBranch()))
            .filter(pr -> asked.<List<String>>getArgument("states").contains(pr.state().name()))
            .map(pr -> pullRequest(repository, pr.number()))
            .toList());
  }

  private static boolean isAsked(DataFetchingEnvironment asked, String argument, String value) {
    return !asked.containsArgument(argument) || value.equals(asked.getArgument(argument));
  }

  private Map<String, Object> pullRequest(FakeRepository repository, int number) {
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
    fields.put("headRef", ref(repository, FakeRepository.HEADS + found.headBranch()).orElse(null));
    fields.put("headRefOid", found.head());
    fields.put("baseRefName", found.baseBranch());
    fields.put(
        "commits",
        Map.of(
            "nodes",
            List.of(Map.of("commit", commit(repository, repository.objects().get(found.head()))))));
    putMerging(fields, repository, found);
    return fields;
  }

  private static void putMerging(
      Map<String, Object> fields, FakeRepository repository, FakePullRequest found) {
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
        .ifPresent(merged -> fields.put("mergeCommit", commit(repository, merged)));
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
