package dev.slipway.ecs;

import dev.slipway.aws.AwsProblems;
import dev.slipway.problem.ActionException;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.exception.SdkException;

/// Why a service cannot return to what it ran before, and how to fix it.
final class BackProblems {
  /// The permissions to read what a service ran.
  static final String HISTORY =
      "ecs:ListServiceDeployments, ecs:DescribeServiceDeployments and ecs:DescribeServiceRevisions";

  private BackProblems() {}

  static ActionException nothingBefore(ServiceState service) {
    return new ActionException(
        nothing(service),
        "as far as ECS remembers, it has run nothing else well before %s"
            .formatted(Texts.revision(service.taskDefinition())),
        "name a version in `rollback-to`, or deploy an earlier version again");
  }

  static ActionException noImage(ServiceState service, Set<String> references) {
    return new ActionException(
        nothing(service),
        "neither its history nor the last revisions of its family have %s"
            .formatted(String.join(" or ", new TreeSet<>(references))),
        "correct `rollback-to` or `ecs-container`, allow %s, or deploy that version again"
            .formatted(HISTORY));
  }

  static ActionException noHistory(SdkException failure, ServiceState service) {
    return AwsProblems.of(
        failure,
        "What the ECS service %s ran before cannot be read".formatted(service.name()),
        "ecs:ListServiceDeployments");
  }

  static ActionException noFamily(SdkException failure, ServiceState service) {
    return AwsProblems.of(failure, nothing(service), "ecs:ListTaskDefinitions");
  }

  static ActionException noDefinition(ServiceState service, String name, String why) {
    return new ActionException(
        "The ECS service %s cannot return to %s".formatted(service.name(), Texts.revision(name)),
        why,
        "name another version in `rollback-to`, or deploy that version again");
  }

  static ActionException movedMeanwhile(ServiceState service, String planned) {
    return new ActionException(
        "The ECS service %s was moved by somebody else meanwhile".formatted(service.name()),
        "it was at %s when the rollback was decided, and is at %s now"
            .formatted(Texts.revision(planned), Texts.revision(service.taskDefinition())),
        "look who deploys it; then run the rollback again where it is still wanted");
  }

  private static String nothing(ServiceState service) {
    return "There is nothing known that the ECS service %s could return to"
        .formatted(service.name());
  }
}
