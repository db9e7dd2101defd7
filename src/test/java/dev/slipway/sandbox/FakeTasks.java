package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.sandbox.FakeAws.Reply;
import java.util.ArrayList;
import java.util.List;

/// The tasks of [FakeEcs]'s service.
final class FakeTasks {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<ObjectNode> tasks = new ArrayList<>();
  private String digest = "";

  void digest(String known) {
    digest = known;
  }

  /// So many tasks of a deployment run.
  void run(String deployment, int count) {
    tasks.removeIf(task -> task.path("lastStatus").asText().equals("RUNNING"));
    for (int i = 0; i < count; i++) {
      ObjectNode container = add(deployment, "RUNNING").putArray("containers").addObject();
      container.put("name", "api");
      if (!digest.isEmpty()) {
        container.put("imageDigest", digest);
      }
    }
  }

  /// A task of a deployment has stopped.
  void stop(String deployment, String reason) {
    ObjectNode task = add(deployment, "STOPPED").put("stoppedReason", reason);
    task.putArray("containers").addObject().put("name", "api").put("exitCode", 1);
  }

  Reply list(String status) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode arns = answer.putArray("taskArns");
    tasks.stream()
        .filter(task -> task.path("lastStatus").asText().equals(status))
        .forEach(task -> arns.add(task.path("taskArn").asText()));
    return Reply.json(answer);
  }

  Reply describe(JsonNode arns) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode found = answer.putArray("tasks");
    for (JsonNode arn : arns) {
      tasks.stream().filter(task -> task.path("taskArn").equals(arn)).forEach(found::add);
    }
    return Reply.json(answer);
  }

  private ObjectNode add(String deployment, String status) {
    ObjectNode task = JSON.createObjectNode();
    task.put("taskArn", "arn:aws:ecs:task/" + tasks.size() + status)
        .put("startedBy", deployment)
        .put("lastStatus", status);
    tasks.add(task);
    return task;
  }
}
