package dev.slipway.ecs;

import dev.slipway.ecs.ServiceState.Deployment;
import java.util.Optional;

/// What one look at a service says about one of its deployments.
sealed interface Verdict {
  /// Its tasks run.
  ///
  /// @param desired how many the service wants
  record Live(int desired) implements Verdict {}

  /// Its tasks seem to run; ECS does not say so itself.
  record SeemsLive(int desired) implements Verdict {}

  /// It goes on.
  record Going() implements Verdict {}

  /// ECS gave it up.
  record Failed(String reason) implements Verdict {}

  /// ECS goes back to what ran before, or has done so.
  record RolledBack(String reason) implements Verdict {}

  /// Somebody ended it half-way.
  record Stopped(String reason) implements Verdict {}

  /// The service is at another deployment.
  ///
  /// @param by the other; empty: none is left
  record Replaced(Optional<Deployment> by) implements Verdict {}

  /// There is no service any more.
  record Gone(String status) implements Verdict {}

  /// Judges one look.
  ///
  /// @param id of the deployment
  static Verdict of(ServiceState service, String id) {
    if (!service.status().equals("ACTIVE")) {
      return new Gone(service.status());
    }
    return service
        .deployment(id)
        .map(deployment -> of(service, deployment))
        .orElseGet(() -> new Replaced(service.primary()));
  }

  private static Verdict of(ServiceState service, Deployment deployment) {
    if (deployment.rollout().equals("FAILED")) {
      return new Failed(deployment.reason());
    }
    return deployment.rollout().equals("COMPLETED") && deployment.isPrimary()
        ? new Live(deployment.tasks().desired())
        : unfinished(service, deployment);
  }

  private static Verdict unfinished(ServiceState service, Deployment deployment) {
    // Blue/green and its like make a deployment the primary one only when its tasks are proven.
    boolean replaced = service.isRolling() && !deployment.isPrimary();
    if (replaced) {
      return new Replaced(service.primary());
    }
    boolean silent = deployment.rollout().isEmpty();
    boolean alone = service.deployments().size() == 1;
    boolean up =
        deployment.tasks().running() == deployment.tasks().desired()
            && deployment.tasks().pending() == 0;
    return silent && alone && up ? new SeemsLive(deployment.tasks().desired()) : new Going();
  }
}
