package dev.slipway.ecs;

import dev.slipway.aws.AwsProblems;
import dev.slipway.delivery.Progress;
import dev.slipway.ecs.ServiceHistory.Entry;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/// How a deployment that goes on is given up. ECS itself brings back what ran before it, in seconds
/// where blue/green still has the old tasks; but that is always the last successful definition, so
/// another goal, or a deployment that is over, takes a deployment of its own.
record Recall(EcsApi api, ServiceState now, Progress progress) {

  /// What the goal comes back by.
  enum Course {
    /// By ECS, which is at it already.
    UNDER_WAY,
    /// By ECS, because this run has stopped the deployment.
    STOPPED,
    /// By nothing, as yet.
    NONE
  }

  /// Stops the deployment that goes on, where that brings `goal` back.
  ///
  /// @param goal ARN of a task definition
  Course to(String goal) {
    Optional<ServiceDeployment> record = record();
    boolean busy = record.filter(each -> each.isOngoing() || each.isGoingBack()).isPresent();
    Optional<Entry> newest = busy ? newest(goal) : Optional.empty();
    if (newest.isEmpty()) {
      return Course.NONE;
    }
    return newest.get().record().isGoingBack() ? Course.UNDER_WAY : stop(newest.get(), goal);
  }

  /// Whether ECS is about to bring `goal` back.
  boolean brings(String goal) {
    return record().filter(ServiceDeployment::isGoingBack).isPresent()
        && newest(goal).filter(entry -> entry.record().isGoingBack()).isPresent();
  }

  private Optional<ServiceDeployment> record() {
    try {
      return now.current()
          .flatMap(arn -> Optional.ofNullable(new HistoryApi(api).records(List.of(arn)).get(arn)));
    } catch (SdkException _) {
      return Optional.empty();
    }
  }

  /// The deployment that goes on, where `goal` follows from its end.
  private Optional<Entry> newest(String goal) {
    try {
      ServiceHistory history = ServiceHistory.read(new HistoryApi(api), now.name());
      return history
          .newest()
          .filter(entry -> Optional.of(entry.arn()).equals(now.current()))
          .filter(entry -> entry.record().isOngoing() || entry.record().isGoingBack())
          .filter(entry -> entry.returnedTo().or(history::lastGood).equals(Optional.of(goal)));
    } catch (SdkException _) {
      return Optional.empty();
    }
  }

  private Course stop(Entry deployment, String goal) {
    try {
      new HistoryApi(api).stop(deployment.arn());
    } catch (SdkException e) {
      return notStopped(e);
    }
    progress.begun(
        "The deployment of the ECS service %s to %s is stopped; it returns to %s"
            .formatted(now.name(), Texts.revision(deployment.definition()), Texts.revision(goal)));
    return Course.STOPPED;
  }

  private Course notStopped(SdkException failure) {
    String permission = "ecs:StopServiceDeployment";
    if (AwsProblems.mayPass(failure)) {
      throw AwsProblems.of(
          failure,
          "Whether the deployment of the ECS service %s was stopped is not known"
              .formatted(now.name()),
          permission);
    }
    if (AwsProblems.code(failure).startsWith("AccessDenied")) {
      progress.warning(
          "The deployment of the ECS service %s goes on until another takes its place"
              .formatted(now.name()),
          "AWS denies to stop it; allow %s, and ECS brings the earlier version back sooner."
              .formatted(permission));
    }
    return Course.NONE;
  }
}
