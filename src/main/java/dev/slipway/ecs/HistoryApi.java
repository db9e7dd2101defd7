package dev.slipway.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.aws.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherers;
import software.amazon.awssdk.core.exception.SdkException;

/// The requests to ECS that tell what a service ran before. Each is repeated while AWS is out of
/// order; what is left are refusals.
record HistoryApi(EcsApi ecs) {
  private static final int MOST_DEPLOYMENTS = 100;
  private static final int MOST_PAGES = 20;
  // The most that one DescribeServiceDeployments or DescribeServiceRevisions takes.
  private static final int BATCH = 20;

  /// The last deployments of a service, the newest first. ECS keeps them for [90
  /// days](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html).
  ///
  /// @throws SdkException when AWS refuses
  List<JsonNode> deployments(String service) {
    ObjectNode body = Json.object();
    body.put("cluster", ecs.cluster()).put("service", service).put("maxResults", MOST_DEPLOYMENTS);
    return pages("ListServiceDeployments", body, "serviceDeployments", MOST_DEPLOYMENTS).stream()
        .sorted(Comparator.comparingDouble(HistoryApi::created).reversed())
        .toList();
  }

  /// ECS's whole records of deployments, by their ARNs.
  ///
  /// @throws SdkException when AWS refuses
  Map<String, ServiceDeployment> records(Collection<String> arns) {
    Map<String, ServiceDeployment> found = new HashMap<>();
    described("DescribeServiceDeployments", "serviceDeployment", arns)
        .forEach((arn, json) -> found.put(arn, ServiceDeployment.read(json)));
    return found;
  }

  /// What services were made of, by the ARNs of their revisions. ECS does not know those that are
  /// older than its history.
  ///
  /// @throws SdkException when AWS refuses
  Map<String, JsonNode> revisions(Collection<String> arns) {
    return described("DescribeServiceRevisions", "serviceRevision", arns);
  }

  /// ARNs of a family's task definitions that can be used, the newest first.
  ///
  /// @throws SdkException when AWS refuses
  List<String> family(String family, int most) {
    ObjectNode body = Json.object();
    body.put("familyPrefix", family).put("status", "ACTIVE").put("sort", "DESC");
    return pages("ListTaskDefinitions", body, "taskDefinitionArns", most).stream()
        .map(JsonNode::asText)
        .toList();
  }

  /// Asks ECS to give a deployment up and to [return to the last successful
  /// one](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html).
  ///
  /// @throws SdkException when AWS refuses
  void stop(String deployment) {
    ObjectNode body = Json.object();
    body.put("serviceDeploymentArn", deployment).put("stopType", "ROLLBACK");
    ecs.insist("StopServiceDeployment", body);
  }

  private List<JsonNode> pages(String action, ObjectNode body, String member, int most) {
    List<JsonNode> found = new ArrayList<>();
    for (int page = 0; page < MOST_PAGES && found.size() < most; page++) {
      JsonNode answer = ecs.insist(action, body);
      Json.elements(answer.path(member)).forEach(found::add);
      if (answer.path("nextToken").asText().isEmpty()) {
        break;
      }
      body.set("nextToken", answer.path("nextToken"));
    }
    return found.subList(0, Math.min(most, found.size()));
  }

  private Map<String, JsonNode> described(String action, String kind, Collection<String> arns) {
    Map<String, JsonNode> found = new HashMap<>();
    arns.stream()
        .distinct()
        .gather(Gatherers.windowFixed(BATCH))
        .map(batch -> {
          ObjectNode body = Json.object();
          batch.forEach(body.putArray(kind + "Arns")::add);
          return ecs.insist(action, body).path(kind + "s");
        })
        .flatMap(Json::elements)
        .forEach(json -> found.put(json.path(kind + "Arn").asText(), json));
    return found;
  }

  private static double created(JsonNode deployment) {
    return deployment.path("createdAt").asDouble();
  }
}
