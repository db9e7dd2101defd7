package dev.slipway.ecs;

import dev.slipway.aws.AwsProblems;
import dev.slipway.problem.ActionException;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/// What went wrong with a service before its new tasks were started, why, and how to fix it.
final class EcsProblems {
  private EcsProblems() {}

  static ActionException noService(String cluster, String service) {
    return new ActionException(
        "There is no ECS service " + service,
        "the cluster %s has none of that name".formatted(cluster),
        "correct `ecs-service`, `ecs-cluster` or `aws-region`; a new service must be made first");
  }

  static ActionException notDescribed(SdkException failure, String cluster, String service) {
    return AwsProblems.code(failure).equals("ClusterNotFoundException")
        ? new ActionException(
            "There is no ECS cluster " + cluster,
            "the account of the AWS credentials has none of that name in the region",
            "correct `ecs-cluster` or `aws-region`, or the role of another account")
        : AwsProblems.of(
            failure,
            "The ECS service %s cannot be read".formatted(service),
            "ecs:DescribeServices");
  }

  static ActionException notRead(SdkException failure, String definition) {
    return AwsProblems.of(
        failure,
        "The task definition %s cannot be read".formatted(definition),
        "ecs:DescribeTaskDefinition");
  }

  static ActionException otherAccount(String service, String theirs, String ours) {
    return new ActionException(
        "The ECS service %s is of another account".formatted(service),
        "it is of account %s, and `role-to-assume` is a role of account %s".formatted(theirs, ours),
        "assume a role of the service's account, or correct the ARN");
  }

  static ActionException notActive(ServiceState service) {
    return new ActionException(
        "The ECS service %s cannot be moved".formatted(service.name()),
        "it is %s".formatted(service.status()),
        "make the service again, or name another one in `ecs-service`");
  }

  static ActionException otherController(ServiceState service) {
    return new ActionException(
        "The ECS service %s cannot be moved".formatted(service.name()),
        "its deployment controller is %s, and ECS lets only that one change the task definition"
            .formatted(service.controller()),
        service.controller().equals("CODE_DEPLOY")
            ? "deploy it through CodeDeploy, or move it to ECS's own blue/green deployments"
            : "deploy it with the tool that controls it, or make a service with the controller ECS");
  }

  static ActionException noContainer(String name, List<String> containers) {
    return new ActionException(
        "The task definition has no container `%s`".formatted(name),
        "its containers are " + String.join(", ", containers),
        "write one of them in `ecs-container`");
  }

  static ActionException severalContainers(List<String> containers) {
    return new ActionException(
        "The task definition has several containers",
        "they are " + String.join(", ", containers),
        "write in `ecs-container` which of them gets the image");
  }

  static ActionException notRegistered(SdkException failure) {
    String what = "The task definition was not registered";
    return isRequest(failure)
        ? new ActionException(
            what, message(failure), "correct the task definition that `ecs-task-definition` names")
        : AwsProblems.of(failure, what, "ecs:RegisterTaskDefinition");
  }

  static ActionException notUpdated(SdkException failure, String service) {
    String what = "The ECS service %s was not moved".formatted(service);
    return isRequest(failure)
        ? new ActionException(
            what, message(failure), "put the service in order in the ECS console, and run it again")
        : AwsProblems.of(failure, what, "ecs:UpdateService");
  }

  private static boolean isRequest(SdkException failure) {
    return switch (AwsProblems.code(failure)) {
      case "ClientException",
          "InvalidParameterException",
          "PlatformUnknownException",
          "PlatformTaskDefinitionIncompatibilityException",
          "ServiceNotActiveException",
          "UnsupportedFeatureException" ->
          true;
      default -> false;
    };
  }

  private static String message(SdkException failure) {
    return "ECS says: " + Texts.line(String.valueOf(failure.getMessage()));
  }
}
