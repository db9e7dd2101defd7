package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.sandbox.FakeAws.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// [FakeEcs]'s records of deployments. There is no such API before [#enable].
final class FakeServiceDeployments {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, ObjectNode> records = new LinkedHashMap<>();
  private boolean enabled;

  void enable() {
    enabled = true;
  }

  /// Begins the record of a deployment, if there are records.
  ///
  /// @return its ARN
  Optional<String> begin(int number) {
    if (!enabled) {
      return Optional.empty();
    }
    String arn =
        "arn:aws:ecs:ap-northeast-2:%s:service-deployment/%s/%s/%d"
            .formatted(FakeEcr.ACCOUNT, FakeEcs.CLUSTER, FakeEcs.SERVICE, number);
    records.put(
        arn, JSON.createObjectNode().put("serviceDeploymentArn", arn).put("status", "IN_PROGRESS"));
    return Optional.of(arn);
  }

  ObjectNode newest() {
    return records.values().stream().reduce((_, last) -> last).orElseThrow();
  }

  void status(String status) {
    if (!records.isEmpty()) {
      newest().put("status", status);
    }
  }

  Reply describe(String arn) {
    if (!enabled) {
      return Reply.refusal(400, "UnknownOperationException", "DescribeServiceDeployments");
    }
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode found = answer.putArray("serviceDeployments");
    Optional.ofNullable(records.get(arn)).ifPresent(found::add);
    return Reply.json(answer);
  }
}
