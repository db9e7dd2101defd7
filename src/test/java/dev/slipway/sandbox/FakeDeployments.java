package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.sandbox.FakeDeployment.Status;
import dev.slipway.sandbox.FakeServer.Reply;
import dev.slipway.sandbox.FakeTokens.Viewer;
import dev.slipway.values.FileContent;
import graphql.schema.DataFetchingEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The [deployments](https://docs.github.com/en/rest/deployments/deployments) of a repository: made
/// over REST, read and told of over GraphQL.
final class FakeDeployments {
  private static final int LONGEST_DESCRIPTION = 140;

  private final FakeRepository repository;
  private final Viewer viewer;

  FakeDeployments(FakeRepository repository, Viewer viewer) {
    this.repository = repository;
    this.viewer = viewer;
  }

  Reply create(JsonNode body) {
    viewer.requireDeployments(repository);
    checkDescription(body.path("description").asText());
    String ref = body.path("ref").asText();
    if (repository.objects().find(ref).isEmpty()) {
      throw GitHubRefusal.unprocessable("No ref found for: " + ref);
    }
    if (body.path("auto_merge").asBoolean(true) && isBehind(ref)) {
      ObjectNode merged = FakeRest.JSON.createObjectNode();
      return new Reply(
          202, Map.of(), FileContent.of(merged.put("message", "Auto-merged main").toString()));
    }
    if (!body.path("required_contexts").isArray() && repository.rules().hasPendingCheck()) {
      throw GitHubRefusal.of(409, "Conflict: Commit status checks failed for " + ref);
    }
    FakeDeployment made = repository.deploy(ref, body);
    return new Reply(201, Map.of(), FileContent.of(json(made).toString()));
  }

  private boolean isBehind(String commit) {
    return !repository
        .objects()
        .history(commit)
        .contains(repository.head(repository.defaultBranch()));
  }

  private static void checkDescription(String description) {
    if (description.length() > LONGEST_DESCRIPTION) {
      throw GitHubRefusal.unprocessable("description is too long (maximum is 140 characters)");
    }
  }

  private ObjectNode json(FakeDeployment deployment) {
    ObjectNode json =
        FakeRest.JSON
            .createObjectNode()
            .put("id", deployment.number())
            .put("node_id", id(repository, deployment))
            .put("sha", deployment.commit())
            .put("ref", deployment.commit())
            .put("task", deployment.task())
            .put("environment", deployment.environment())
            .put("description", deployment.description());
    json.set("payload", deployment.payload());
    return json;
  }

  private static String id(FakeRepository repository, FakeDeployment deployment) {
    return "DE_%s#%d".formatted(repository.fullName(), deployment.number());
  }

  /// GraphQL's connection.
  static Map<String, Object> connection(FakeRepository repository, DataFetchingEnvironment asked) {
    List<String> environments = asked.getArgument("environments");
    Map<String, Object> order = asked.getArgument("orderBy");
    List<FakeDeployment> all =
        "DESC".equals(order.get("direction"))
            ? repository.deployments().reversed()
            : repository.deployments();
    int skipped =
        Optional.ofNullable(asked.<String>getArgument("after")).map(Integer::parseInt).orElse(0);
    int end = skipped + asked.<Integer>getArgument("first");
    List<FakeDeployment> wanted =
        all.stream().filter(deployment -> environments.contains(deployment.environment())).toList();
    return Map.of(
        "nodes",
        wanted.stream()
            .limit(end)
            .skip(skipped)
            .map(deployment -> fields(repository, deployment))
            .toList(),
        "pageInfo",
        Map.of("hasNextPage", end < wanted.size(), "endCursor", String.valueOf(end)));
  }

  private static Map<String, Object> fields(FakeRepository repository, FakeDeployment deployment) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", id(repository, deployment));
    fields.put("commitOid", deployment.commit());
    fields.put("task", deployment.task());
    if (!deployment.payload().isMissingNode()) {
      fields.put("payload", deployment.payload().toString());
    }
    fields.put(
        "statuses",
        Map.of(
            "nodes",
            deployment.statuses().reversed().stream()
                .map(status ->
                    Map.of(
                        "state", status.state(),
                        "createdAt", status.at().toString(),
                        "description", status.description()))
                .toList()));
    return fields;
  }

  /// Adds a status, and with a good one
  /// [others](https://docs.github.com/en/rest/deployments/deployments#inactive-deployments).
  void addStatus(Map<String, Object> input) {
    viewer.requireDeployments(repository);
    FakeDeployment deployment =
        repository.deployments().stream()
            .filter(one -> id(repository, one).equals(input.get("deploymentId")))
            .findFirst()
            .orElseThrow(
                () -> GitHubRefusal.notFound("Could not resolve to a node with the global id."));
    String description = (String) input.get("description");
    checkDescription(description);
    String state = (String) input.get("state");
    if (state.equals("SUCCESS") && !deployment.environment().equals("production")) {
      repository.deployments().stream()
          .filter(one -> one.number() < deployment.number() && one.succeeded())
          .filter(one -> one.environment().equals(deployment.environment()))
          .forEach(one -> one.add(new Status("INACTIVE", "", "", repository.tick())));
    }
    deployment.add(new Status(state, description, (String) input.get("logUrl"), repository.tick()));
  }
}
