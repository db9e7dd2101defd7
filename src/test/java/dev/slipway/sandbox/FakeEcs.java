package dev.slipway.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.sandbox.FakeAws.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Amazon ECS with one service. It writes into task definitions what ECS writes into them. Each
/// look after an update plays the next step of a script; after the last one everything stays as it
/// is.
public final class FakeEcs {
  public static final String CLUSTER = "voj-prod";
  public static final String SERVICE = "voj-backend-api";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ARN =
      "arn:aws:ecs:ap-northeast-2:%s:task-definition/".formatted(FakeEcr.ACCOUNT);

  private final Map<String, ObjectNode> revisions = new LinkedHashMap<>();
  private final Map<String, ArrayNode> tags = new HashMap<>();
  private final List<String> registered = new ArrayList<>();
  private final List<ObjectNode> updates = new ArrayList<>();
  private final List<ObjectNode> stopped = new ArrayList<>();
  private final Map<String, Reply> refusals = new HashMap<>();
  private final Deque<Step> script = new ArrayDeque<>();
  private final FakeTasks tasks = new FakeTasks();
  private final FakeServiceDeployments records = new FakeServiceDeployments();
  private final ObjectNode service = JSON.createObjectNode();
  private int deployments;
  private boolean playing;

  /// What happens at one look.
  public interface Step {
    /// Changes the service; an answer that is not empty is given instead of the service.
    Optional<FakeAws.Reply> play(FakeEcs ecs);
  }

  FakeEcs() {
    service.put("serviceName", SERVICE).put("status", "ACTIVE").put("desiredCount", 2);
    service
        .putObject("deploymentConfiguration")
        .putObject("deploymentCircuitBreaker")
        .put("enable", true)
        .put("rollback", true);
    service.putArray("deployments");
    service.putArray("events");
    event("(service %s) has reached a steady state.".formatted(SERVICE));
  }

  /// Registers a definition, and has the service run it since long ago.
  public synchronized String runs(String definition) {
    String arn = registerFor(read(definition));
    deploy(arn);
    ours().put("rolloutState", "COMPLETED").put("runningCount", 2).put("pendingCount", 0);
    settle();
    records.status("SUCCESSFUL");
    return arn;
  }

  /// Has the service begin to move to a registered definition.
  public synchronized void begins(String arn) {
    deploy(arn);
  }

  /// Has the service run a registered definition again, since a while.
  public synchronized void returnsTo(String arn) {
    deploy(arn);
    complete().play(this);
  }

  /// Somebody deregisters a definition, or more.
  public synchronized void mark(String arn, String status) {
    revisions.get(arn).put("status", status);
  }

  /// Nobody knows a definition any more.
  public synchronized void forget(String arn) {
    revisions.remove(arn);
  }

  /// ECS's records begin with the deployment of this number.
  public synchronized void forgetDeploymentsBefore(int number) {
    records.forgetBefore(number);
  }

  /// Lists of deployments have pages of this size.
  public synchronized void pagesOf(int size) {
    records.pagesOf(size);
  }

  /// Registers a definition that no service runs.
  public synchronized String has(String definition) {
    return registerFor(read(definition));
  }

  /// Gives a definition tags.
  public synchronized void tag(String arn, String key, String value) {
    tags.computeIfAbsent(arn, _ -> JSON.createArrayNode())
        .addObject()
        .put("key", key)
        .put("value", value);
  }

  /// The service itself, to be changed.
  public ObjectNode service() {
    return service;
  }

  /// The bodies of RegisterTaskDefinition, as they came.
  public synchronized List<String> registered() {
    return List.copyOf(registered);
  }

  /// The bodies of UpdateService.
  public synchronized List<ObjectNode> updates() {
    return List.copyOf(updates);
  }

  /// The bodies of StopServiceDeployment.
  public synchronized List<ObjectNode> stopped() {
    return List.copyOf(stopped);
  }

  /// Refuses every call of an action.
  public synchronized void refuse(String action, String code, String message) {
    refusals.put(action, Reply.refusal(400, code, message));
  }

  /// The digest that the tasks of later deployments run.
  public synchronized void resolvesTo(String digest) {
    tasks.digest(digest);
  }

  /// Keeps records of deployments from now on, as ECS does today.
  public synchronized FakeEcs recordsDeployments() {
    records.enable();
    return this;
  }

  /// ECS's record of the newest deployment says this.
  ///
  /// @param more further members of the record, as JSON
  public static Step recorded(String status, String more) {
    return ecs -> {
      ecs.records.newest().put("status", status).setAll(read(more));
      return Optional.empty();
    };
  }

  /// What the looks after the next update see.
  public synchronized FakeEcs then(Step... steps) {
    playing = false;
    script.addAll(List.of(steps));
    return this;
  }

  /// Begins the script at the next look, without an update.
  public synchronized void now() {
    playing = true;
  }

  /// The rollback of the newest deployment goes on: a new set of the old tasks starts.
  public static Step rollingBack() {
    return ecs -> {
      String old = ecs.records.rollBack("ROLLBACK_IN_PROGRESS");
      ecs.ours().put("rolloutState", "FAILED");
      ecs.list(old);
      return Optional.empty();
    };
  }

  /// The newest deployment is rolled back: a new set of the old tasks runs.
  public static Step rolledBack() {
    return ecs -> {
      String old = ecs.records.rollBack("ROLLBACK_SUCCESSFUL");
      if (!ecs.ours().path("taskDefinition").asText().equals(old)) {
        ecs.list(old);
      }
      ecs.ours().put("rolloutState", "COMPLETED").put("runningCount", 2).put("pendingCount", 0);
      ecs.settle();
      ecs.tasks.run(ecs.ours().path("id").asText(), ecs.service.path("desiredCount").asInt());
      return Optional.empty();
    };
  }

  /// Plays a step at once.
  public synchronized void at(Step step) {
    step.play(this);
  }

  /// Nothing happens.
  public static Step nothing() {
    return _ -> Optional.empty();
  }

  /// The newest deployment goes on.
  public static Step progress(int running, int failed) {
    return ecs -> {
      ecs.ours()
          .put("runningCount", running)
          .put("pendingCount", 2 - running)
          .put("failedTasks", failed);
      return Optional.empty();
    };
  }

  /// The newest deployment is done.
  public static Step complete() {
    return ecs -> {
      ecs.ours().put("rolloutState", "COMPLETED").put("runningCount", 2).put("pendingCount", 0);
      ecs.settle();
      ecs.records.status("SUCCESSFUL");
      ecs.tasks.run(ecs.ours().path("id").asText(), ecs.service.path("desiredCount").asInt());
      ecs.event(
          "(service %s) (deployment %s) deployment completed."
              .formatted(SERVICE, ecs.ours().path("id").asText()));
      return Optional.empty();
    };
  }

  /// ECS gives the newest deployment up, and its tasks died of `reason`.
  public static Step fail(String reason) {
    return ecs -> {
      ObjectNode ours = ecs.ours();
      ours.put("rolloutState", "FAILED")
          .put("rolloutStateReason", "ECS deployment circuit breaker: tasks failed to start.")
          .put("failedTasks", 3)
          .put("runningCount", 0);
      ecs.tasks.stop(ours.path("id").asText(), reason);
      ecs.event(
          "(service %s) (deployment %s) deployment failed: tasks failed to start."
              .formatted(SERVICE, ours.path("id").asText()));
      return Optional.empty();
    };
  }

  /// The service is at another deployment, of a task definition; ours is not listed any more.
  public static Step replace(String taskDefinition) {
    return ecs -> {
      String gone = ecs.ours().path("id").asText();
      ecs.tasks.stop(gone, "Essential container in task exited");
      ecs.deploy(taskDefinition);
      ecs.settle();
      return Optional.empty();
    };
  }

  /// The newest deployment is the only one, and ECS does not say how its rollout goes.
  public static Step silent(int running) {
    return ecs -> {
      ecs.ours().remove("rolloutState");
      ecs.settle();
      return progress(running, 0).play(ecs);
    };
  }

  /// Somebody deletes the service.
  public static Step delete() {
    return ecs -> {
      ecs.service().put("status", "DRAINING");
      return Optional.empty();
    };
  }

  /// One look shows the service as it was before the update.
  public static Step stale(String taskDefinition) {
    return ecs -> {
      ObjectNode old = ecs.service.deepCopy();
      ArrayNode deployments = JSON.createArrayNode();
      deployments.add(
          ecs.deployment("ecs-svc/old", taskDefinition).put("rolloutState", "COMPLETED"));
      old.set("deployments", deployments);
      old.put("taskDefinition", taskDefinition);
      return Optional.of(Reply.json(answer(old)));
    };
  }

  /// One look shows the service with this changed.
  public Optional<Reply> seenAs(Consumer<ObjectNode> change) {
    ObjectNode seen = service.deepCopy();
    change.accept(seen);
    return Optional.of(Reply.json(answer(seen)));
  }

  /// One look does not show a deployment; the one before is the primary one.
  public Optional<Reply> without(String deployment) {
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

  /// AWS has too much to do.
  public static Step throttled() {
    return _ -> Optional.of(Reply.refusal(400, "ThrottlingException", "Rate exceeded"));
  }

  /// The credentials are too old.
  public static Step expired() {
    return _ ->
        Optional.of(
            Reply.refusal(
                400,
                "ExpiredTokenException",
                "The security token included in the request is expired"));
  }

  /// ECS goes back to what ran before; the new tasks died of `reason`.
  public static Step rollBack(String reason) {
    return ecs -> {
      String ours = ecs.ours().path("id").asText();
      ecs.tasks.stop(ours, reason);
      ecs.event(
          "(service %s) (deployment %s) deployment failed: tasks failed to start."
              .formatted(SERVICE, ours));
      return recorded(
              "ROLLBACK_IN_PROGRESS",
              "{\"statusReason\": \"Service deployment rolled back because the circuit breaker threshold was exceeded.\"}")
          .play(ecs);
    };
  }

  /// AWS is out of order.
  public static Step broken() {
    return _ -> Optional.of(Reply.refusal(500, "ServerException", "Service Unavailable"));
  }

  /// No answer comes.
  public static Step cut() {
    return _ -> Optional.of(new Reply(0, "", ""));
  }

  /// The newest deployment.
  public ObjectNode ours() {
    return (ObjectNode) service.path("deployments").path(0);
  }

  synchronized Reply answer(String action, String body) {
    Reply refusal = refusals.get(action);
    if (refusal != null) {
      return refusal;
    }
    ObjectNode request = read(body);
    return switch (action) {
      case "DescribeServices" -> describeServices(request);
      case "DescribeTaskDefinition" -> describe(request.path("taskDefinition").asText());
      case "RegisterTaskDefinition" -> register(request, body);
      case "UpdateService" -> update(request);
      case "ListTasks" -> tasks.list(request.path("desiredStatus").asText("RUNNING"));
      case "DescribeTasks" -> tasks.describe(request.path("tasks"));
      case "DescribeServiceDeployments" -> records.describe(request.path("serviceDeploymentArns"));
      case "DescribeServiceRevisions" ->
          records.describeRevisions(request.path("serviceRevisionArns"));
      case "ListServiceDeployments" -> records.list(request);
      case "StopServiceDeployment" -> stop(request);
      case "ListTaskDefinitions" -> definitions(request);
      default -> Reply.refusal(400, "UnknownOperationException", action);
    };
  }

  private Reply describeServices(ObjectNode request) {
    if (!request.path("cluster").asText().equals(CLUSTER)) {
      return Reply.refusal(400, "ClusterNotFoundException", "Cluster not found.");
    }
    if (!request.path("services").path(0).asText().equals(SERVICE)) {
      return Reply.json(
          read("{\"services\":[],\"failures\":[{\"arn\":\"x\",\"reason\":\"MISSING\"}]}"));
    }
    Optional<Reply> instead =
        !playing || script.isEmpty() ? Optional.empty() : script.remove().play(this);
    return instead.orElseGet(() -> Reply.json(answer(service)));
  }

  private static ObjectNode answer(ObjectNode service) {
    ObjectNode answer = JSON.createObjectNode();
    answer.putArray("services").add(service.deepCopy());
    answer.putArray("failures");
    return answer;
  }

  private Reply describe(String name) {
    Optional<String> arn =
        name.startsWith("arn:")
            ? Optional.of(name)
            : revisions.keySet().stream()
                .filter(each -> each.startsWith(ARN + name + ":"))
                .filter(each -> revisions.get(each).path("status").asText().equals("ACTIVE"))
                .reduce((_, last) -> last);
    if (arn.isEmpty() || !revisions.containsKey(arn.get())) {
      return Reply.refusal(400, "ClientException", "Unable to describe task definition.");
    }
    ObjectNode answer = JSON.createObjectNode();
    answer.set("taskDefinition", revisions.get(arn.get()).deepCopy());
    answer.set("tags", tags.getOrDefault(arn.get(), JSON.createArrayNode()));
    return Reply.json(answer);
  }

  private Reply register(ObjectNode request, String body) {
    for (String member : List.of("taskDefinitionArn", "revision", "status", "deleteRequestedAt")) {
      if (request.has(member)) {
        return Reply.refusal(400, "SerializationException", member);
      }
    }
    if (request.has("tags") && request.path("tags").isEmpty()) {
      return Reply.refusal(400, "InvalidParameterException", "Tags can not be empty.");
    }
    registered.add(body);
    return describe(registerFor(request));
  }

  /// With the defaults and the members that ECS adds.
  private String registerFor(ObjectNode definition) {
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

  private Reply update(ObjectNode request) {
    updates.add(request);
    playing = true;
    String definition = request.path("taskDefinition").asText();
    if (!revisions.get(definition).path("status").asText().equals("ACTIVE")) {
      return Reply.refusal(400, "ClientException", "TaskDefinition is inactive");
    }
    boolean same = definition.equals(service.path("taskDefinition").asText());
    if (!same || request.path("forceNewDeployment").asBoolean()) {
      deploy(definition);
    }
    return Reply.json(JSON.createObjectNode().set("service", service.deepCopy()));
  }

  private Reply stop(ObjectNode request) {
    playing = true;
    stopped.add(request);
    return records.stop(request);
  }

  private Reply definitions(ObjectNode request) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode arns = answer.putArray("taskDefinitionArns");
    String family = ARN + request.path("familyPrefix").asText() + ":";
    List<String> active =
        revisions.keySet().stream()
            .filter(arn -> arn.startsWith(family))
            .filter(arn -> revisions.get(arn).path("status").asText().equals("ACTIVE"))
            .toList();
    (request.path("sort").asText().equals("DESC") ? active.reversed() : active).forEach(arns::add);
    return Reply.json(answer);
  }

  private void deploy(String taskDefinition) {
    list(taskDefinition);
    records
        .begin(deployments, revisions.get(taskDefinition))
        .ifPresent(arn -> service.put("currentServiceDeployment", arn));
  }

  private void list(String taskDefinition) {
    service.put("taskDefinition", taskDefinition);
    ArrayNode newest = JSON.createArrayNode();
    newest.add(deployment("ecs-svc/" + ++deployments, taskDefinition));
    for (JsonNode old : service.path("deployments")) {
      newest.add(((ObjectNode) old).put("status", "ACTIVE"));
    }
    service.set("deployments", newest);
  }

  private ObjectNode deployment(String id, String taskDefinition) {
    return JSON.createObjectNode()
        .put("id", id)
        .put("status", "PRIMARY")
        .put("taskDefinition", taskDefinition)
        .put("desiredCount", service.path("desiredCount").asInt())
        .put("runningCount", 0)
        .put("pendingCount", 2)
        .put("failedTasks", 0)
        .put("rolloutState", "IN_PROGRESS")
        .put("rolloutStateReason", "ECS deployment in progress.");
  }

  /// Only the newest deployment is left.
  private void settle() {
    ObjectNode newest = ours();
    service.putArray("deployments").add(newest);
  }

  private void event(String message) {
    ArrayNode events = (ArrayNode) service.path("events");
    events.insertObject(0).put("id", "event-" + events.size()).put("message", message);
  }

  private static ObjectNode read(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
