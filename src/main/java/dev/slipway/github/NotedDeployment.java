package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.DeploymentLedger.Entry;
import dev.slipway.delivery.DeploymentLedger.Standing;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// A deployment that Slipway noted at GitHub.
///
/// @param id GraphQL's: the number is left out because GraphQL's is only an `Int`, which
///   deployments have outgrown
record NotedDeployment(String id, String task, DeploymentPayload payload, Ending ending) {
  static final String DEPLOY = "deploy";
  static final String ROLLBACK = "rollback";

  static final String DOCUMENT =
      """
      query Deployments(
        $owner: String!
        $name: String!
        $environment: String!
        $after: String
      ) {
        repository(owner: $owner, name: $name) {
          deployments(
            environments: [$environment]
            first: 100
            after: $after
            orderBy: { field: CREATED_AT, direction: DESC }
          ) {
            pageInfo { hasNextPage endCursor }
            nodes {
              id
              commitOid
              task
              payload
              statuses(first: 20) { nodes { state createdAt description } }
            }
          }
        }
      }
      """;

  /// What became of it.
  ///
  /// @param at when it did
  /// @param note the sentence about it; may be empty
  record Ending(Instant at, Standing standing, String note) {
    static final Ending NOT_YET = new Ending(Instant.MIN, Standing.UNDER_WAY, "");

    static Ending of(JsonNode status) {
      return new Ending(
          GraphQl.date(status.path("createdAt")),
          switch (status.path("state").asText()) {
            case "SUCCESS" -> Standing.GOOD;
            case "FAILURE", "ERROR" -> Standing.BAD;
            case "QUEUED", "PENDING" -> Standing.PENDING;
            default -> Standing.UNDER_WAY;
          },
          status.path("description").asText(""));
    }
  }

  /// Reads the answer's node; empty where another program made the deployment.
  static Optional<NotedDeployment> of(JsonNode node) {
    return DeploymentPayload.read(node.path("payload").asText(), node.path("commitOid").asText())
        .map(payload ->
            new NotedDeployment(
                node.path("id").asText(),
                node.path("task").asText(),
                payload,
                ending(node.path("statuses").path("nodes"))));
  }

  /// The newest status decides, but for the one that GitHub itself puts on a good deployment when
  /// [a later one
  /// succeeds](https://docs.github.com/en/rest/deployments/deployments#inactive-deployments).
  private static Ending ending(JsonNode statuses) {
    return statuses
        .valueStream()
        .filter(status -> !status.path("state").asText().equals("INACTIVE"))
        .map(Ending::of)
        // Of two in the same second the one that says more is the later one.
        .max(Comparator.comparing(Ending::at).thenComparing(Ending::standing))
        .orElse(Ending.NOT_YET);
  }

  Entry entry() {
    return new Entry(
        id,
        payload.record(),
        payload.runId(),
        task.equals(ROLLBACK),
        ending.standing(),
        ending.note());
  }
}
