package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.sandbox.FakeAws.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// [FakeEcs]'s records of deployments, and of the revisions that they brought. There is no such API
/// before [#enable].
final class FakeServiceDeployments {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> OPEN =
      Set.of("PENDING", "IN_PROGRESS", "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS");

  private final Map<String, ObjectNode> records = new LinkedHashMap<>();
  private final Map<String, ObjectNode> revisions = new LinkedHashMap<>();
  private boolean enabled;
  private int page = 100;

  void enable() {
    enabled = true;
  }

  void pagesOf(int size) {
    page = size;
  }

  /// Begins the record of a deployment, if there are records. One that goes on ends with that.
  ///
  /// @return its ARN
  Optional<String> begin(int number, ObjectNode definition) {
    if (!enabled) {
      return Optional.empty();
    }
    String revision = arn("service-revision", number);
    String arn = arn("service-deployment", number);
    ObjectNode record =
        JSON.createObjectNode()
            .put("serviceDeploymentArn", arn)
            .put("createdAt", 1.76e9 + number)
            .put("status", "IN_PROGRESS")
            .put("targetServiceRevisionArn", revision);
    record.putObject("targetServiceRevision").put("arn", revision);
    ArrayNode sources = record.putArray("sourceServiceRevisions");
    lastGood().ifPresent(source -> sources.addObject().put("arn", source));
    if (!records.isEmpty() && OPEN.contains(newest().path("status").asText())) {
      sources.addObject().put("arn", newest().path("targetServiceRevisionArn").asText());
      newest().put("status", "STOPPED");
    }
    records.put(arn, record);
    revisions.put(revision, revision(revision, definition));
    return Optional.of(arn);
  }

  private static String arn(String kind, int number) {
    return "arn:aws:ecs:ap-northeast-2:%s:%s/%s/%s/%d"
        .formatted(FakeEcr.ACCOUNT, kind, FakeEcs.CLUSTER, FakeEcs.SERVICE, number);
  }

  private static ObjectNode revision(String arn, ObjectNode definition) {
    ObjectNode revision = JSON.createObjectNode().put("serviceRevisionArn", arn);
    revision.set("taskDefinition", definition.path("taskDefinitionArn"));
    ArrayNode images = revision.putArray("containerImages");
    for (JsonNode container : definition.path("containerDefinitions")) {
      String image = container.path("image").asText();
      images
          .addObject()
          .put("containerName", container.path("name").asText())
          .put("image", image)
          .put("imageDigest", "sha256:" + "%064x".formatted(image.hashCode() & 0xffffffffL));
    }
    return revision;
  }

  /// The records of everything before a deployment are too old to be kept.
  void forgetBefore(int number) {
    records.keySet().removeIf(arn -> Integer.parseInt(arn.replaceFirst(".*/", "")) < number);
  }

  ObjectNode newest() {
    return records.values().stream().reduce((_, last) -> last).orElseThrow();
  }

  void status(String status) {
    if (!records.isEmpty()) {
      newest().put("status", status);
    }
  }

  /// The newest deployment is rolled back.
  ///
  /// @return the task definition that comes back
  String rollBack(String status) {
    String revision = lastGood().orElseThrow();
    newest()
        .put("status", status)
        .putObject("rollback")
        .put("reason", "Service deployment rolled back.")
        .put("serviceRevisionArn", revision);
    return revisions.get(revision).path("taskDefinition").asText();
  }

  private Optional<String> lastGood() {
    return records.values().stream()
        .filter(record -> record.path("status").asText().equals("SUCCESSFUL"))
        .map(record -> record.path("targetServiceRevisionArn").asText())
        .reduce((_, last) -> last);
  }

  Reply stop(ObjectNode request) {
    ObjectNode record = records.get(request.path("serviceDeploymentArn").asText());
    if (record == null) {
      return Reply.refusal(400, "ServiceDeploymentNotFoundException", "no such deployment");
    }
    if (!OPEN.contains(record.path("status").asText())) {
      return Reply.refusal(400, "ConflictException", "The service deployment is over.");
    }
    rollBack("ROLLBACK_REQUESTED");
    record.put("stoppedAt", 1.77e9);
    return Reply.json(
        JSON.createObjectNode().set("serviceDeploymentArn", record.path("serviceDeploymentArn")));
  }

  Reply list(ObjectNode request) {
    if (!enabled) {
      return unknown("ListServiceDeployments");
    }
    List<ObjectNode> newestFirst = new ArrayList<>(records.values()).reversed();
    int from = request.path("nextToken").asInt();
    int to = Math.min(from + page, newestFirst.size());
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode briefs = answer.putArray("serviceDeployments");
    for (ObjectNode record : newestFirst.subList(from, to)) {
      briefs.add(
          record
              .deepCopy()
              .without(
                  List.of(
                      "rollback", "stoppedAt", "sourceServiceRevisions", "targetServiceRevision")));
    }
    if (to < newestFirst.size()) {
      answer.put("nextToken", String.valueOf(to));
    }
    return Reply.json(answer);
  }

  Reply describe(JsonNode arns) {
    return enabled
        ? described("serviceDeployments", records, arns)
        : unknown("DescribeServiceDeployments");
  }

  Reply describeRevisions(JsonNode arns) {
    return enabled
        ? described("serviceRevisions", revisions, arns)
        : unknown("DescribeServiceRevisions");
  }

  private static Reply described(String member, Map<String, ObjectNode> all, JsonNode arns) {
    if (arns.isEmpty() || arns.size() > 20) {
      return Reply.refusal(400, "InvalidParameterException", "1 to 20 ARNs");
    }
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode found = answer.putArray(member);
    for (JsonNode arn : arns) {
      Optional.ofNullable(all.get(arn.asText())).ifPresent(found::add);
    }
    return Reply.json(answer);
  }

  private static Reply unknown(String action) {
    return Reply.refusal(400, "UnknownOperationException", action);
  }
}
