package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.sandbox.FakeAws.Reply;
import java.util.Optional;
import java.util.function.Consumer;

/// The service of [FakeEcs], as its answers show it: its deployments, newest first, and its events.
final class FakeService {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode node = JSON.createObjectNode();
  private int deployments;

  FakeService() {
    node.put("serviceName", FakeEcs.SERVICE).put("status", "ACTIVE").put("desiredCount", 2);
    node.putObject("deploymentConfiguration")
        .putObject("deploymentCircuitBreaker")
        .put("enable", true)
        .put("rollback", true);
    node.putArray("deployments");
    node.putArray("events");
    event("(service %s) has reached a steady state.".formatted(FakeEcs.SERVICE));
  }

  /// What it is, to be changed.
  ObjectNode node() {
    return node;
  }

  /// How many deployments there were.
  int deployments() {
    return deployments;
  }

  String taskDefinition() {
    return node.path("taskDefinition").asText();
  }

  /// The answer to a look.
  Reply shown() {
    return Reply.json(answer(node));
  }

  static ObjectNode answer(ObjectNode service) {
    ObjectNode answer = JSON.createObjectNode();
    answer.putArray("services").add(service.deepCopy());
    answer.putArray("failures");
    return answer;
  }

  /// One look shows the service with this changed.
  Optional<Reply> seenAs(Consumer<ObjectNode> change) {
    ObjectNode seen = node.deepCopy();
    change.accept(seen);
    return Optional.of(Reply.json(answer(seen)));
  }

  /// One look does not show a deployment; the one before is the primary one.
  Optional<Reply> without(String deployment) {
    return seenAs(seen -> {
      ArrayNode left = JSON.createArrayNode();
      seen.path("deployments")
          .valueStream()
          .filter(each -> !each.path("id").asText().equals(deployment))
          .forEach(left::add);
      ((ObjectNode) left.path(0)).put("status", "PRIMARY");
      seen.set("deployments", left);
    });
  }

  /// A deployment of this becomes the newest.
  void list(String taskDefinition) {
    node.put("taskDefinition", taskDefinition);
    ArrayNode newest = JSON.createArrayNode();
    newest.add(deployment("ecs-svc/" + ++deployments, taskDefinition));
    for (JsonNode old : node.path("deployments")) {
      newest.add(((ObjectNode) old).put("status", "ACTIVE"));
    }
    node.set("deployments", newest);
  }

  ObjectNode deployment(String id, String taskDefinition) {
    return JSON.createObjectNode()
        .put("id", id)
        .put("status", "PRIMARY")
        .put("taskDefinition", taskDefinition)
        .put("desiredCount", node.path("desiredCount").asInt())
        .put("runningCount", 0)
        .put("pendingCount", 2)
        .put("failedTasks", 0)
        .put("rolloutState", "IN_PROGRESS")
        .put("rolloutStateReason", "ECS deployment in progress.");
  }

  /// The newest deployment.
  ObjectNode newest() {
    return (ObjectNode) node.path("deployments").path(0);
  }

  /// All tasks of the newest deployment run, and it is the only one.
  void complete() {
    newest().put("rolloutState", "COMPLETED").put("runningCount", 2).put("pendingCount", 0);
    settle();
  }

  /// Only the newest deployment is left.
  void settle() {
    ObjectNode newest = newest();
    node.putArray("deployments").add(newest);
  }

  void event(String message) {
    ArrayNode events = (ArrayNode) node.path("events");
    events.insertObject(0).put("id", "event-" + events.size()).put("message", message);
  }
}
