package dev.slipway.ecs;

import dev.slipway.delivery.EcsCluster.Content;
import dev.slipway.delivery.EcsCluster.Service;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.Rollout;
import dev.slipway.ecs.ImageProof.Finding;
import dev.slipway.ecs.ServiceState.Deployment;
import dev.slipway.ecs.ServiceWait.Pursuit;
import java.util.Optional;

/// The move of one service to a task definition that is registered, until its tasks run.
final class ServiceMove {
  private final EcsApi api;
  private final ServiceState now;
  private final Service service;
  private final ImageProof proof;
  private final Progress progress;

  /// @param now the service, just read
  /// @param proof of what its tasks run
  ServiceMove(EcsApi api, ServiceState now, ImageProof proof, Progress progress) {
    this.api = api;
    this.now = now;
    this.service = proof.service();
    this.proof = proof;
    this.progress = progress;
  }

  /// The definition is right already: the tasks may be not.
  Rollout keep(Content content) {
    if (recall().brings(now.taskDefinition())) {
      return awaitReturn(now.taskDefinition(), left(), false);
    }
    Optional<Deployment> primary = now.primary();
    boolean failed = primary.map(Deployment::rollout).equals(Optional.of("FAILED"));
    if (content.moved() || failed || primary.isEmpty()) {
      return to(now.taskDefinition());
    }
    if (Verdict.of(now, primary.get().id()) instanceof Verdict.Live live) {
      return live.desired() > 0 && runsAnother(primary.get())
          ? to(now.taskDefinition())
          : new Rollout.ServiceRuns(now.name(), now.taskDefinition(), now.taskDefinition(), false);
    }
    OwnDeployment own =
        new OwnDeployment(api, Optional.empty()).in(now, primary.get().taskDefinition());
    return await(pursuit(primary.get().id(), now.taskDefinition(), left()), own, false);
  }

  /// What is on its way out.
  private String left() {
    return now.deployments().stream()
        .filter(deployment -> !deployment.isPrimary())
        .map(Deployment::taskDefinition)
        .findFirst()
        .orElse(now.taskDefinition());
  }

  private boolean runsAnother(Deployment deployment) {
    return proof.look(now.name(), deployment.id()) instanceof Finding.Other;
  }

  /// Returns to what it ran before.
  ///
  /// @param goal ARN of a task definition
  /// @param anew the same as JSON, where the ARN cannot be used any more
  Rollout back(String goal, Optional<String> anew) {
    if (goal.equals(now.taskDefinition())) {
      return keep(proof.content());
    }
    return switch (recall().to(goal)) {
      case UNDER_WAY -> awaitReturn(goal, now.taskDefinition(), false);
      case STOPPED -> awaitReturn(goal, now.taskDefinition(), true);
      case NONE -> to(anew.map(json -> Registration.of(api, json).make()).orElse(goal));
    };
  }

  private Recall recall() {
    return new Recall(api, now, progress);
  }

  private Rollout awaitReturn(String goal, String from, boolean moved) {
    return await(pursuit("", goal, from), OwnDeployment.goingBack(api, now), moved);
  }

  /// Moves it there, also where it is there already.
  Rollout to(String taskDefinition) {
    boolean anew = taskDefinition.equals(now.taskDefinition());
    ServiceState updated = api.update(now.name(), taskDefinition, anew);
    progress.begun(
        "The ECS service %s moves to %s; before, it ran %s"
            .formatted(
                now.name(), Texts.revision(taskDefinition), Texts.revision(now.taskDefinition())));
    OwnDeployment own = new OwnDeployment(api, now.current()).in(updated, taskDefinition);
    return await(pursuit("", taskDefinition, now.taskDefinition()).in(updated, now), own, true);
  }

  private Pursuit pursuit(String id, String taskDefinition, String previous) {
    return new Pursuit(now.name(), id, taskDefinition, previous, service.wanted().limit());
  }

  private Rollout await(Pursuit pursuit, OwnDeployment own, boolean moved) {
    ServiceWait wait = new ServiceWait(api, pursuit, new ServiceWait.Start(now, own), progress);
    Optional<Deployment> by = wait.await();
    if (by.isPresent()) {
      return new Rollout.ServiceSuperseded(
          now.name(), pursuit.taskDefinition(), by.get().taskDefinition(), moved);
    }
    wait.prove(proof);
    return new Rollout.ServiceRuns(now.name(), pursuit.taskDefinition(), pursuit.previous(), moved);
  }
}
