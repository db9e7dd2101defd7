package dev.slipway.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.aws.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What ECS
/// [records](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html)
/// about one deployment of a service. It outlives the deployment, and knows of every strategy:
/// rolling, blue/green, linear, canary.
///
/// @param status e.g. `IN_PROGRESS`
/// @param stage of its life, e.g. `BAKE_TIME`; empty where the strategy has none
/// @param reason in ECS's words; empty while there is none
/// @param sources ARNs of the service revisions that ran when it began
/// @param returnsTo ARN of the service revision that its rollback brings back; empty: it has none
/// @param stopped whether somebody stopped it
record ServiceDeployment(
    String status,
    String stage,
    String reason,
    List<String> sources,
    Optional<String> returnsTo,
    boolean stopped) {

  /// Reads an element of DescribeServiceDeployments' `serviceDeployments`.
  static ServiceDeployment read(JsonNode json) {
    List<String> reasons = new ArrayList<>();
    reasons.add(json.path("statusReason").asText());
    reasons.add(json.path("rollback").path("reason").asText());
    List<String> alarms =
        Json.elements(json.path("alarms").path("triggeredAlarmNames"))
            .map(JsonNode::asText)
            .toList();
    if (!alarms.isEmpty()) {
      reasons.add("alarms went off: " + String.join(", ", alarms));
    }
    return new ServiceDeployment(
        json.path("status").asText(),
        json.path("lifecycleStage").asText(),
        String.join("; ", reasons.stream().filter(text -> !text.isBlank()).distinct().toList()),
        Json.elements(json.path("sourceServiceRevisions"))
            .map(revision -> revision.path("arn").asText())
            .toList(),
        Optional.of(json.path("rollback").path("serviceRevisionArn").asText())
            .filter(arn -> !arn.isEmpty()),
        json.hasNonNull("stoppedAt"));
  }

  /// Whether it goes on, and could be stopped.
  boolean isOngoing() {
    return status.equals("PENDING") || status.equals("IN_PROGRESS");
  }

  /// Whether ECS is about to bring back what ran before it.
  boolean isGoingBack() {
    return status.equals("ROLLBACK_REQUESTED") || status.equals("ROLLBACK_IN_PROGRESS");
  }

  /// What it means where its rollback is what is waited for.
  Verdict judgeReturn(Verdict seen, ServiceState service) {
    return switch (status) {
      case "ROLLBACK_SUCCESSFUL" -> succeeded(seen, service);
      case "ROLLBACK_FAILED", "STOPPED", "SUCCESSFUL" ->
          seen instanceof Verdict.Replaced ? seen : new Verdict.Failed(reason);
      default -> goesOn(seen, service);
    };
  }

  /// What it means, beside what the service itself looks like.
  Verdict judge(Verdict seen, ServiceState service) {
    return switch (status) {
      case "SUCCESSFUL" -> succeeded(seen, service);
      case "STOPPED" -> seen instanceof Verdict.Replaced ? seen : new Verdict.Stopped(reason);
      case "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED" ->
          new Verdict.RolledBack(reason);
      default -> goesOn(seen, service);
    };
  }

  private static Verdict succeeded(Verdict seen, ServiceState service) {
    return switch (seen) {
      case Verdict.Gone _, Verdict.Replaced _ -> seen;
      case Verdict.Live _,
          Verdict.SeemsLive _,
          Verdict.Going _,
          Verdict.Failed _,
          Verdict.Stopped _,
          Verdict.RolledBack _ ->
          new Verdict.Live(service.desired());
    };
  }

  /// The tasks may be up long before a deployment is over: it may still watch alarms, or let both
  /// versions stand. While blue/green and its like go on, another set of tasks may be the primary
  /// one.
  private static Verdict goesOn(Verdict seen, ServiceState service) {
    return switch (seen) {
      case Verdict.Gone _, Verdict.Failed _ -> seen;
      case Verdict.Replaced _ when service.isRolling() -> seen;
      case Verdict.Replaced _,
          Verdict.Live _,
          Verdict.SeemsLive _,
          Verdict.Going _,
          Verdict.Stopped _,
          Verdict.RolledBack _ ->
          new Verdict.Going();
    };
  }

  /// What is worth a line in the log.
  Optional<String> news() {
    return stage.isEmpty() ? Optional.empty() : Optional.of("stage " + stage);
  }
}
