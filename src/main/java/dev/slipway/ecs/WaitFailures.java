package dev.slipway.ecs;

import dev.slipway.aws.AwsProblems;
import dev.slipway.ecs.ServiceWait.Pursuit;
import dev.slipway.problem.ActionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/// Why a deployment did not come up: ECS's own reason, what happened last, and what the tasks died
/// of.
record WaitFailures(EcsApi api, Pursuit pursuit, Chronicle chronicle) {

  /// The circuit breaker or an alarm ended it.
  ActionException gaveUp(String reason) {
    return new ActionException(
        "The deployment of the ECS service %s failed".formatted(pursuit.service()),
        because(Texts.line(reason)),
        "find the cause in the tasks' logs; %s is what it ran before".formatted(previous()));
  }

  /// The old version is back.
  ActionException rolledBack() {
    return new ActionException(
        "ECS rolled the service %s back".formatted(pursuit.service()),
        because("the new tasks did not stay up, and it runs %s again".formatted(previous())),
        "find the cause in the tasks' logs, and deliver a version without it");
  }

  /// The service was deleted meanwhile.
  ActionException gone(String status) {
    return new ActionException(
        "The ECS service %s went away during the deployment".formatted(pursuit.service()),
        "it is " + status,
        "look who deletes it; then run the job again");
  }

  /// The time is over.
  ///
  /// @param last what was seen last
  ActionException late(Optional<ServiceState> last, Duration limit) {
    String state =
        last.flatMap(service -> service.deployment(pursuit.id()))
            .map(deployment -> "its deployment is at %s".formatted(deployment.tasks()))
            .orElse("its deployment was not to be seen");
    boolean breaker = last.map(ServiceState::breaker).orElse(true);
    return new ActionException(
        "The ECS service %s was not live within %d minutes"
            .formatted(pursuit.service(), limit.toMinutes()),
        because(state),
        breaker
            ? "raise `timeout` if the tasks only need longer; the deployment goes on without this step"
            : "raise `timeout` if the tasks only need longer; the deployment goes on without this step,"
                + " and without a deployment circuit breaker ECS never gives it up: enable the breaker"
                + " with rollback in the service");
  }

  /// AWS does not let us look any longer.
  ActionException blind(SdkException failure) {
    return AwsProblems.of(
        failure,
        "Whether the ECS service %s came up is not known".formatted(pursuit.service()),
        "ecs:DescribeServices");
  }

  private String because(String reason) {
    List<String> texts = new ArrayList<>(List.of(reason));
    List<String> tasks = StoppedTasks.reasons(api.stoppedTasks(pursuit.service(), pursuit.id()));
    if (!tasks.isEmpty()) {
      texts.add("stopped tasks: " + String.join("; ", tasks));
    }
    if (!chronicle.last().isEmpty()) {
      texts.add("events: " + String.join("; ", chronicle.last()));
    }
    return String.join("; ", texts);
  }

  private String previous() {
    return Texts.revision(pursuit.previous());
  }
}
