package dev.slipway.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.sandbox.FakeAws.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Amazon ECS with one service. Each look after an update plays the next step of a script, made of
/// [EcsSteps]; after the last one everything stays as it is.
public final class FakeEcs {
  public static final String CLUSTER = "voj-prod";
  public static final String SERVICE = "voj-backend-api";

  private static final ObjectMapper JSON = new ObjectMapper();
  private final FakeTaskDefinitions definitions = new FakeTaskDefinitions();
  private final List<ObjectNode> updates = new ArrayList<>();
  private final List<ObjectNode> stopped = new ArrayList<>();
  private final Map<String, Reply> refusals = new HashMap<>();
  private final Deque<Step> script = new ArrayDeque<>();
  private final FakeTasks tasks = new FakeTasks();
  private final FakeServiceDeployments records = new FakeServiceDeployments();
  private final FakeService service = new FakeService();
  private boolean playing;

  FakeEcs() {}

  /// What happens at one look.
  public interface Step {
    /// Changes the service; an answer that is not empty is given instead of the service.
    Optional<FakeAws.Reply> play(FakeEcs ecs);
  }

  /// Registers a definition, and has the service run it since long ago.
  public synchronized String runs(String definition) {
    String arn = definitions.add(read(definition));
    deploy(arn);
    service.complete();
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
    EcsSteps.complete().play(this);
  }

  /// Somebody deregisters a definition, or more.
  public synchronized void mark(String arn, String status) {
    definitions.mark(arn, status);
  }

  /// Nobody knows a definition any more.
  public synchronized void forget(String arn) {
    definitions.forget(arn);
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
    return definitions.add(read(definition));
  }

  /// Gives a definition tags.
  public synchronized void tag(String arn, String key, String value) {
    definitions.tag(arn, key, value);
  }

  /// The service itself, to be changed.
  public ObjectNode service() {
    return service.node();
  }

  /// The newest deployment.
  public ObjectNode ours() {
    return service.newest();
  }

  /// The bodies of RegisterTaskDefinition, as they came.
  public synchronized List<String> registered() {
    return definitions.registered();
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

  /// Plays a step at once.
  public synchronized void at(Step step) {
    step.play(this);
  }

  /// One look shows the service with this changed.
  public Optional<Reply> seenAs(Consumer<ObjectNode> change) {
    return service.seenAs(change);
  }

  /// One look does not show a deployment; the one before is the primary one.
  public Optional<Reply> without(String deployment) {
    return service.without(deployment);
  }

  FakeService theService() {
    return service;
  }

  FakeTasks tasks() {
    return tasks;
  }

  FakeServiceDeployments records() {
    return records;
  }

  synchronized Reply answer(String action, String body) {
    Reply refusal = refusals.get(action);
    if (refusal != null) {
      return refusal;
    }
    ObjectNode request = read(body);
    return switch (action) {
      case "DescribeServices" -> describeServices(request);
      case "DescribeTaskDefinition" ->
          definitions.describe(request.path("taskDefinition").asText());
      case "RegisterTaskDefinition" -> definitions.register(request, body);
      case "UpdateService" -> update(request);
      case "ListTasks" -> tasks.list(request.path("desiredStatus").asText("RUNNING"));
      case "DescribeTasks" -> tasks.describe(request.path("tasks"));
      case "DescribeServiceDeployments" -> records.describe(request.path("serviceDeploymentArns"));
      case "DescribeServiceRevisions" ->
          records.describeRevisions(request.path("serviceRevisionArns"));
      case "ListServiceDeployments" -> records.list(request);
      case "StopServiceDeployment" -> stop(request);
      case "ListTaskDefinitions" -> definitions.list(request);
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
    return instead.orElseGet(service::shown);
  }

  private Reply update(ObjectNode request) {
    updates.add(request);
    playing = true;
    String definition = request.path("taskDefinition").asText();
    if (!definitions.isActive(definition)) {
      return Reply.refusal(400, "ClientException", "TaskDefinition is inactive");
    }
    boolean same = definition.equals(service.taskDefinition());
    if (!same || request.path("forceNewDeployment").asBoolean()) {
      deploy(definition);
    }
    return Reply.json(JSON.createObjectNode().set("service", service.node().deepCopy()));
  }

  private Reply stop(ObjectNode request) {
    playing = true;
    stopped.add(request);
    return records.stop(request);
  }

  void deploy(String taskDefinition) {
    service.list(taskDefinition);
    records
        .begin(service.deployments(), definitions.get(taskDefinition))
        .ifPresent(arn -> service.node().put("currentServiceDeployment", arn));
  }

  static ObjectNode read(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
