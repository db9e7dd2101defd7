package dev.slipway.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.aws.AwsProblems;
import dev.slipway.delivery.EcsCluster.Next;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/// A task definition that a service is to return to.
///
/// @param arn its own
/// @param status `ACTIVE`, or `INACTIVE` when it was deregistered
record EarlierDefinition(String arn, String status, TaskDefinition definition) {

  /// Reads it.
  ///
  /// @param name ARN
  /// @throws dev.slipway.problem.ActionException when it is gone, or soon will be
  static EarlierDefinition read(EcsApi api, ServiceState service, String name) {
    JsonNode answer = described(api, service, name);
    String status = answer.path("taskDefinition").path("status").asText();
    if (!status.equals("ACTIVE") && !status.equals("INACTIVE")) {
      throw BackProblems.noDefinition(
          service, name, "somebody deletes the task definition: it is " + status);
    }
    return new EarlierDefinition(
        answer.path("taskDefinition").path("taskDefinitionArn").asText(),
        status,
        TaskDefinition.described(answer));
  }

  private static JsonNode described(EcsApi api, ServiceState service, String name) {
    try {
      return api.describeTaskDefinition(name);
    } catch (SdkException e) {
      throw AwsProblems.code(e).equals("ClientException")
          ? BackProblems.noDefinition(service, name, "ECS does not know that task definition")
          : EcsProblems.notRead(e, name);
    }
  }

  /// How the service comes to run it. [ECS lets no
  /// service](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister-task-definition-v2.html)
  /// move to one that was deregistered; the same is then registered anew, if it has not been yet.
  Next next(EcsApi api) {
    if (status.equals("ACTIVE")) {
      return new Next.Earlier(arn, Optional.empty());
    }
    return new Registration(api, definition)
        .find()
        .<Next>map(registered -> new Next.Earlier(registered, Optional.empty()))
        .orElseGet(() -> new Next.Earlier(arn, Optional.of(definition.json().toString())));
  }
}
