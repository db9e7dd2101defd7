package dev.slipway.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.aws.Json;
import java.util.List;
import java.util.Optional;

/// A service as one look shows it.
///
/// @param status `ACTIVE`, `DRAINING` or `INACTIVE`
/// @param taskDefinition ARN of what it is to run
/// @param controller who replaces its tasks: `ECS`, `CODE_DEPLOY`, `EXTERNAL`
/// @param strategy how, where ECS does it: `ROLLING`, `BLUE_GREEN`, ...
/// @param desired how many tasks it wants
/// @param current ARN of the service deployment it is at; empty where ECS does not say
/// @param breaker whether ECS gives up by itself when tasks do not come up
/// @param events the newest first
record ServiceState(
    String name,
    String status,
    String taskDefinition,
    String controller,
    String strategy,
    int desired,
    Optional<String> current,
    boolean breaker,
    List<Deployment> deployments,
    List<Event> events) {

  /// One set of tasks of the service.
  ///
  /// @param status `PRIMARY`: the newest; `ACTIVE`: on its way out
  /// @param rollout `IN_PROGRESS`, `COMPLETED` or `FAILED`; empty where ECS does not say
  record Deployment(
      String id,
      String status,
      String taskDefinition,
      String rollout,
      String reason,
      Counts tasks) {
    boolean isPrimary() {
      return status.equals("PRIMARY");
    }
  }

  /// How many tasks.
  ///
  /// @param failed that did not come up
  record Counts(int desired, int running, int pending, int failed) {
    @Override
    public String toString() {
      String text = "%d of %d running, %d pending".formatted(running, desired, pending);
      return failed == 0 ? text : "%s, %d failed".formatted(text, failed);
    }
  }

  /// What ECS says happened.
  record Event(String id, String message) {}

  /// Reads an element of DescribeServices' `services`.
  static ServiceState read(JsonNode service) {
    JsonNode configuration = service.path("deploymentConfiguration");
    return new ServiceState(
        service.path("serviceName").asText(),
        service.path("status").asText(),
        service.path("taskDefinition").asText(),
        service.path("deploymentController").path("type").asText("ECS"),
        configuration.path("strategy").asText("ROLLING"),
        service.path("desiredCount").asInt(),
        Optional.of(service.path("currentServiceDeployment").asText())
            .filter(arn -> !arn.isEmpty()),
        configuration.path("deploymentCircuitBreaker").path("enable").asBoolean(),
        Json.elements(service.path("deployments")).map(ServiceState::deployment).toList(),
        Json.elements(service.path("events"))
            .map(event -> new Event(event.path("id").asText(), event.path("message").asText()))
            .toList());
  }

  private static Deployment deployment(JsonNode json) {
    return new Deployment(
        json.path("id").asText(),
        json.path("status").asText(),
        json.path("taskDefinition").asText(),
        json.path("rolloutState").asText(),
        json.path("rolloutStateReason").asText(),
        new Counts(
            json.path("desiredCount").asInt(),
            json.path("runningCount").asInt(),
            json.path("pendingCount").asInt(),
            json.path("failedTasks").asInt()));
  }

  /// Whether tasks are replaced in place, a few at a time.
  boolean isRolling() {
    return strategy.equals("ROLLING");
  }

  /// The deployment that the service is at.
  Optional<Deployment> primary() {
    return deployments.stream().filter(Deployment::isPrimary).findFirst();
  }

  Optional<Deployment> deployment(String id) {
    return deployments.stream().filter(deployment -> deployment.id().equals(id)).findFirst();
  }
}
