package dev.slipway.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.aws.Json;
import dev.slipway.aws.JsonApi;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.Ticker;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/// The few requests to [Amazon
/// ECS](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/Welcome.html) that a deployment
/// needs, in one cluster.
///
/// @param cluster name or ARN
record EcsApi(JsonApi api, String cluster, Pace pace) {
  /// How ECS is called on the wire.
  static final JsonApi.Name NAME = new JsonApi.Name("ecs", "AmazonEC2ContainerServiceV20141113");

  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html
  private static final int MOST_TASKS = 100;

  /// The run's time.
  Ticker ticker() {
    return pace.ticker();
  }

  /// The attempts of one request.
  Pace.Attempts attempts() {
    return pace.attempts("AWS");
  }

  /// The service as it is now.
  ///
  /// @param service name or ARN
  /// @throws SdkException when there is no answer, at the first try
  Optional<ServiceState> glance(String service) {
    return services(api.call("DescribeServices", describe(service)));
  }

  /// The service as it is now.
  ///
  /// @throws dev.slipway.problem.ActionException when it is not there
  ServiceState service(String service) {
    return services(
            call(
                "DescribeServices",
                describe(service),
                e -> EcsProblems.notDescribed(e, cluster, service)))
        .orElseThrow(() -> EcsProblems.noService(cluster, service));
  }

  /// DescribeTaskDefinition's answer.
  ///
  /// @param name ARN, or a family for its newest revision
  JsonNode taskDefinition(String name) {
    try {
      return describeTaskDefinition(name);
    } catch (SdkException e) {
      throw EcsProblems.notRead(e, name);
    }
  }

  /// DescribeTaskDefinition's answer.
  ///
  /// @param name ARN, or a family for its newest revision
  /// @throws SdkException when AWS refuses
  JsonNode describeTaskDefinition(String name) {
    return insist("DescribeTaskDefinition", describeDefinition(name));
  }

  /// DescribeTaskDefinition's answer; empty where there is none, or nobody may say so.
  ///
  /// @param name ARN, or a family for its newest revision
  Optional<JsonNode> anyTaskDefinition(String name) {
    try {
      return Optional.of(describeTaskDefinition(name));
    } catch (SdkException _) {
      return Optional.empty();
    }
  }

  /// Registers a revision. See [Registration].
  ///
  /// @return its ARN
  /// @throws SdkException when AWS refuses, or does not answer
  String register(JsonNode definition) {
    return api.call("RegisterTaskDefinition", definition)
        .path("taskDefinition")
        .path("taskDefinitionArn")
        .asText();
  }

  /// Moves the service to a task definition, and leaves everything else of it alone.
  ///
  /// @param anew whether tasks are replaced even where the definition is the same
  ServiceState update(String service, String taskDefinition, boolean anew) {
    ObjectNode body = Json.object();
    body.put("cluster", cluster).put("service", service).put("taskDefinition", taskDefinition);
    if (anew) {
      body.put("forceNewDeployment", true);
    }
    return ServiceState.read(
        call("UpdateService", body, e -> EcsProblems.notUpdated(e, service)).path("service"));
  }

  /// ECS's record of a deployment; empty where there is none.
  ///
  /// @param arn of a service deployment
  /// @throws SdkException when there is no answer, or none is permitted
  Optional<ServiceDeployment> serviceDeployment(String arn) {
    ObjectNode body = Json.object();
    body.putArray("serviceDeploymentArns").add(arn);
    return Json.elements(api.call("DescribeServiceDeployments", body).path("serviceDeployments"))
        .findFirst()
        .map(ServiceDeployment::read);
  }

  /// Why tasks of a deployment have stopped; empty where nobody may say so.
  List<JsonNode> stoppedTasks(String service, String deployment) {
    try {
      return tasks(service, deployment, "STOPPED");
    } catch (SdkException _) {
      return List.of();
    }
  }

  /// The tasks of a deployment that ECS wants to run, a hundred of them at the most.
  ///
  /// @throws SdkException when there is no answer, or none is permitted
  List<JsonNode> runningTasks(String service, String deployment) {
    return tasks(service, deployment, "RUNNING");
  }

  private List<JsonNode> tasks(String service, String deployment, String desired) {
    ObjectNode list = Json.object();
    list.put("cluster", cluster).put("serviceName", service).put("desiredStatus", desired);
    JsonNode arns = api.call("ListTasks", list).path("taskArns");
    if (arns.isEmpty()) {
      return List.of();
    }
    ObjectNode describe = Json.object().put("cluster", cluster);
    var tasks = describe.putArray("tasks");
    Json.elements(arns).limit(MOST_TASKS).forEach(tasks::add);
    return Json.elements(api.call("DescribeTasks", describe).path("tasks"))
        .filter(task -> task.path("startedBy").asText().equals(deployment))
        .toList();
  }

  private ObjectNode describe(String service) {
    ObjectNode body = Json.object();
    body.put("cluster", cluster).putArray("services").add(service);
    return body;
  }

  private static ObjectNode describeDefinition(String name) {
    ObjectNode body = Json.object();
    body.put("taskDefinition", name).putArray("include").add("TAGS");
    return body;
  }

  private static Optional<ServiceState> services(JsonNode answer) {
    return Json.elements(answer.path("services")).findFirst().map(ServiceState::read);
  }

  /// Turns AWS's failure into ours.
  private interface Translation {
    RuntimeException of(SdkException failure);
  }

  private JsonNode call(String action, JsonNode body, Translation problem) {
    try {
      return insist(action, body);
    } catch (SdkException e) {
      throw problem.of(e);
    }
  }

  /// Calls, and again while AWS is out of order.
  ///
  /// @throws SdkException when AWS refuses, or stays out of order
  JsonNode insist(String action, JsonNode body) {
    return api.insist(action, body);
  }
}
