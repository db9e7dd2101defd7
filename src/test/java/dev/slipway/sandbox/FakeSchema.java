package dev.slipway.sandbox;

import dev.slipway.sandbox.FakeTokens.Viewer;
import graphql.Scalars;
import graphql.schema.DataFetcherFactories;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.idl.RuntimeWiring;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            repository
                .objects()
                .find(asked.getArgument("oid"))
                .map(c -> CommitFields.of(repository, c))));
    fields.put(
        "deployments", field(asked -> Optional.of(FakeDeployments.connection(repository, asked))));
    PullRequestFields pullRequests = new PullRequestFields(gitHub, repository);
    fields.put("pullRequests", field(asked -> Optional.of(pullRequests.asked(asked))));
    fields.put(
        "pullRequest",
        field(asked -> Optional.of(pullRequests.of(asked.<Integer>getArgument("number")))));
    return fields;
  }

  /// A field that is worked out when it is asked for.
  interface Field {
    Optional<?> fetch(DataFetchingEnvironment environment);
  }

  static Field field(Field field) {
    return field;
  }

  static Optional<Map<String, Object>> ref(FakeRepository repository, String name) {
    return Optional.ofNullable(repository.refs().get(name))
        .map(commit ->
            Map.of(
                "name", name.substring(FakeRepository.HEADS.length()),
                "target", CommitFields.of(repository, repository.objects().get(commit))));
  }
}
