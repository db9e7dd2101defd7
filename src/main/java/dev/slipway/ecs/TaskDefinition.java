package dev.slipway.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.aws.Json;
import java.util.List;
import java.util.Optional;

/// A task definition as it is registered: all its members, those that nobody here knows included.
record TaskDefinition(ObjectNode json) {
  // What DescribeTaskDefinition adds and RegisterTaskDefinition refuses:
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html
  private static final List<String> READ_ONLY =
      List.of(
          "taskDefinitionArn",
          "revision",
          "status",
          "requiresAttributes",
          "compatibilities",
          "registeredAt",
          "registeredBy",
          "deregisteredAt",
          "deleteRequestedAt");

  /// Takes what a file or ECS says, without the members that only ECS writes.
  static TaskDefinition of(ObjectNode described) {
    ObjectNode json = described.deepCopy();
    json.remove(READ_ONLY);
    return new TaskDefinition(json);
  }

  /// What DescribeTaskDefinition answers. It puts the tags beside the definition, and
  /// RegisterTaskDefinition wants them in it, but not an empty list.
  static TaskDefinition described(JsonNode answer) {
    TaskDefinition definition = of((ObjectNode) answer.path("taskDefinition"));
    if (!answer.path("tags").isEmpty()) {
      definition.json().set("tags", answer.path("tags"));
    }
    return definition;
  }

  String family() {
    return json.path("family").asText();
  }

  /// The names of the containers.
  List<String> containers() {
    return Json.elements(json.path("containerDefinitions"))
        .map(container -> container.path("name").asText())
        .toList();
  }

  /// The image of a container; empty when there is no such container.
  Optional<String> image(String container) {
    return Json.elements(json.path("containerDefinitions"))
        .filter(definition -> definition.path("name").asText().equals(container))
        .map(definition -> definition.path("image").asText())
        .findFirst();
  }

  /// The same definition with another image in one container, and nothing else changed.
  TaskDefinition with(String container, String image) {
    ObjectNode copy = json.deepCopy();
    Json.elements(copy.path("containerDefinitions"))
        .filter(definition -> definition.path("name").asText().equals(container))
        .forEach(definition -> ((ObjectNode) definition).put("image", image));
    return new TaskDefinition(copy);
  }
}
