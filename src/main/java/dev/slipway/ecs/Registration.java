package dev.slipway.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.aws.AwsProblems;
import dev.slipway.aws.Json;
import dev.slipway.delivery.Pace;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/// A new revision of a task definition, registered once: ECS takes the same one twice, so it is
/// looked for before it is sent, and again after an answer that was lost.
record Registration(EcsApi api, TaskDefinition wanted) {
  /// A registration of what JSON says.
  static Registration of(EcsApi api, String definition) {
    return new Registration(api, TaskDefinition.of(Json.read(definition)));
  }

  /// The newest revision where it says the same: a run that was cut off, or whose tasks failed, has
  /// registered it already.
  ///
  /// @return its ARN
  Optional<String> find() {
    return api.anyTaskDefinition(wanted.family())
        .filter(newest -> isActive(newest) && Sameness.of(wanted, TaskDefinition.described(newest)))
        .map(newest -> newest.path("taskDefinition").path("taskDefinitionArn").asText());
  }

  private static boolean isActive(JsonNode described) {
    return described.path("taskDefinition").path("status").asText().equals("ACTIVE");
  }

  /// Registers it.
  ///
  /// @return its ARN
  /// @throws dev.slipway.problem.ActionException when ECS refuses
  String make() {
    Pace.Attempts attempts = api.attempts();
    while (true) {
      try {
        return api.register(wanted.json());
      } catch (SdkException e) {
        if (!AwsProblems.mayPass(e) || !attempts.again()) {
          throw EcsProblems.notRegistered(e);
        }
      }
      Optional<String> made = find();
      if (made.isPresent()) {
        return made.get();
      }
    }
  }
}
