package dev.slipway.ecs;

import dev.slipway.aws.AwsProblems;
import dev.slipway.ecs.ServiceWait.Pursuit;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
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

  /// The old version is back, or on its way.
  ///
  /// @param reason in ECS's words; empty: it gives none
  ActionException rolledBack(String reason) {
    return new ActionException(
        "ECS rolled the service %s back".formatted(pursuit.service()),
        because("%s; it goes back to %s".formatted(Texts.line(reason), previous())),
        "find the cause in the tasks' logs, and deliver a version without it");
  }

  /// Somebody ended the deployment.
  ActionException stopped(String reason) {
    return new ActionException(
        "The deployment of the ECS service %s was stopped".formatted(pursuit.service()),
        because(Texts.line(reason)),
        "look who stopped it, and what the service runs now: tasks of both versions may be left; then"
            + " run the job again");
  }

  /// The tasks are up, and are the wrong ones.
  ActionException otherImage(String why) {
    return new ActionException(
        "The ECS service %s runs another image than the one that was delivered"
            .formatted(pursuit.service()),
        why,
        "look who else pushes that tag, and make it immutable in the registry; then run the job again");
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

  /// There are no credentials any more to look with.
  ActionException blind(ActionException failure) {
    List<Problem> problems = new ArrayList<>();
    problems.add(
        new Problem(
            "Whether the ECS service %s came up is not known".formatted(pursuit.service()),
            "it was moved to %s, and AWS cannot be asked any longer; the deployment goes on without"
                    .formatted(Texts.revision(pursuit.taskDefinition()))
                + " this step",
            "see to the other problem, then run the job again: it joins the deployment"));
    problems.addAll(failure.problems());
    return new ActionException(problems);
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
