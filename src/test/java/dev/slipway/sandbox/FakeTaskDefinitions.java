package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.sandbox.FakeAws.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The task definitions of [FakeEcs], with what ECS writes into them.
final class FakeTaskDefinitions {
  private static final String ARN =
      "arn:aws:ecs:ap-northeast-2:%s:task-definition/".formatted(FakeEcr.ACCOUNT);

  private final Map<String, ObjectNode> revisions = new LinkedHashMap<>();
  private final Map<String, ArrayNode> tags = new HashMap<>();
  private final List<String> registered = new ArrayList<>();

  /// The bodies of RegisterTaskDefinition, as they came.
  List<String> registered() {
    return List.copyOf(registered);
  }

  void mark(String arn, String status) {
    revisions.get(arn).put("status", status);
  }

  void forget(String arn) {
    revisions.remove(arn);
  }

  void tag(String arn, String key, String value) {
    tags.computeIfAbsent(arn, _ -> JsonNodeFactory.instance.arrayNode())
        .addObject()
        .put("key", key)
        .put("value", value);
  }

  /// The definition of an ARN.
  ObjectNode get(String arn) {
    return revisions.get(arn);
  }

  boolean isActive(String arn) {
    return revisions.get(arn).path("status").asText().equals("ACTIVE");
  }

  Reply describe(String name) {
    Optional<String> arn =
        name.startsWith("arn:")
            ? Optional.of(name)
            : revisions.keySet().stream()
                .filter(each -> each.startsWith(ARN + name + ":"))
                .filter(this::isActive)
                .reduce((_, last) -> last);
    if (arn.isEmpty() || !revisions.containsKey(arn.get())) {
      return Reply.refusal(400, "ClientException", "Unable to describe task definition.");
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("taskDefinition", revisions.get(arn.get()).deepCopy());
    answer.set("tags", tags.getOrDefault(arn.get(), JsonNodeFactory.instance.arrayNode()));
    return Reply.json(answer);
  }

  Reply register(ObjectNode request, String body) {
    for (String member : List.of("taskDefinitionArn", "revision", "status", "deleteRequestedAt")) {
      if (request.has(member)) {
        return Reply.refusal(400, "SerializationException", member);
      }
    }
    if (request.has("tags") && request.path("tags").isEmpty()) {
      return Reply.refusal(400, "InvalidParameterException", "Tags can not be empty.");
    }
    registered.add(body);
    return describe(add(request));
  }

  /// Registers a definition, with the defaults and the members that ECS adds; says its ARN.
  String add(ObjectNode definition) {
    String family = definition.path("family").asText();
    int revision = revisions.size() + 1;
    String arn = "%s%s:%d".formatted(ARN, family, revision);
    ObjectNode stored = definition.deepCopy();
    if (stored.has("tags")) {
      tags.put(arn, (ArrayNode) stored.remove("tags"));
    }
    for (JsonNode node : stored.path("containerDefinitions")) {
      ObjectNode container = (ObjectNode) node;
      for (String list :
          List.of("environment", "mountPoints", "volumesFrom", "systemControls", "portMappings")) {
        if (!container.has(list)) {
          container.putArray(list);
        }
      }
      if (!container.has("cpu")) {
        container.put("cpu", 0);
      }
      if (!container.has("essential")) {
        container.put("essential", true);
      }
      for (JsonNode port : container.path("portMappings")) {
        ((ObjectNode) port)
            .put("hostPort", port.path("containerPort").asInt())
            .put("protocol", "tcp");
      }
    }
    stored.putArray("volumes");
    stored.putArray("placementConstraints");
    stored
        .put("taskDefinitionArn", arn)
        .put("revision", revision)
        .put("status", "ACTIVE")
        .put("registeredAt", 1.7e9)
        .put("registeredBy", "arn:aws:iam::1:role/x")
        .put("deleteRequestedAt", 1.8e9);
    stored.putArray("requiresAttributes");
    stored.putArray("compatibilities").add("FARGATE");
    revisions.put(arn, stored);
    return arn;
  }

  Reply list(ObjectNode request) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode arns = answer.putArray("taskDefinitionArns");
    String family = ARN + request.path("familyPrefix").asText() + ":";
    List<String> active =
        revisions.keySet().stream()
            .filter(arn -> arn.startsWith(family))
            .filter(this::isActive)
            .toList();
    (request.path("sort").asText().equals("DESC") ? active.reversed() : active).forEach(arns::add);
    return Reply.json(answer);
  }
}
