package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.sandbox.FakeAws.Reply;
import dev.slipway.sandbox.FakeEcs.Step;
import java.util.Optional;

/// What can happen to a service of ECS at one look.
public final class EcsSteps {
  private EcsSteps() {}

  /// ECS's record of the newest deployment says this.
  ///
  /// @param more further members of the record, as JSON
  public static Step recorded(String status, String more) {
    return ecs -> {
      ecs.records().newest().put("status", status).setAll(FakeEcs.read(more));
      return Optional.empty();
    };
  }

  /// The rollback of the newest deployment goes on: a new set of the old tasks starts.
  public static Step rollingBack() {
    return ecs -> {
      String old = ecs.records().rollBack("ROLLBACK_IN_PROGRESS");
      ecs.ours().put("rolloutState", "FAILED");
      ecs.theService().list(old);
      return Optional.empty();
    };
  }

  /// The newest deployment is rolled back: a new set of the old tasks runs.
  public static Step rolledBack() {
    return ecs -> {
      String old = ecs.records().rollBack("ROLLBACK_SUCCESSFUL");
      if (!ecs.ours().path("taskDefinition").asText().equals(old)) {
        ecs.theService().list(old);
      }
      ecs.theService().complete();
      ecs.tasks().run(ecs.ours().path("id").asText(), ecs.service().path("desiredCount").asInt());
      return Optional.empty();
    };
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
      ecs.theService().complete();
      ecs.records().status("SUCCESSFUL");
      ecs.tasks().run(ecs.ours().path("id").asText(), ecs.service().path("desiredCount").asInt());
      ecs.theService()
          .event(
              "(service %s) (deployment %s) deployment completed."
                  .formatted(FakeEcs.SERVICE, ecs.ours().path("id").asText()));
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
      ecs.tasks().stop(ours.path("id").asText(), reason);
      ecs.theService()
          .event(
              "(service %s) (deployment %s) deployment failed: tasks failed to start."
                  .formatted(FakeEcs.SERVICE, ours.path("id").asText()));
      return Optional.empty();
    };
  }

  /// The service is at another deployment, of a task definition; ours is not listed any more.
  public static Step replace(String taskDefinition) {
    return ecs -> {
      String gone = ecs.ours().path("id").asText();
      ecs.tasks().stop(gone, "Essential container in task exited");
      ecs.deploy(taskDefinition);
      ecs.theService().settle();
      return Optional.empty();
    };
  }

  /// The newest deployment is the only one, and ECS does not say how its rollout goes.
  public static Step silent(int running) {
    return ecs -> {
      ecs.ours().remove("rolloutState");
      ecs.theService().settle();
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
      ObjectNode old = ecs.service().deepCopy();
      ArrayNode deployments = old.arrayNode();
      deployments.add(
          ecs.theService()
              .deployment("ecs-svc/old", taskDefinition)
              .put("rolloutState", "COMPLETED"));
      old.set("deployments", deployments);
      old.put("taskDefinition", taskDefinition);
      return Optional.of(Reply.json(FakeService.answer(old)));
    };
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
      ecs.tasks().stop(ours, reason);
      ecs.theService()
          .event(
              "(service %s) (deployment %s) deployment failed: tasks failed to start."
                  .formatted(FakeEcs.SERVICE, ours));
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
}
