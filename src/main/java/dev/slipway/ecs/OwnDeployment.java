package dev.slipway.ecs;

import dev.slipway.aws.AwsProblems;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/// ECS's record of the deployment that is waited for: found once, then read by its ARN. Where that
/// is not permitted, or the API is not there, nobody misses it.
final class OwnDeployment {
  private final EcsApi api;
  private final Optional<String> before;
  private Optional<String> arn = Optional.empty();
  private boolean readable = true;

  /// @param before ARN of the one that the service was at before; empty: the one it is at is ours
  OwnDeployment(EcsApi api, Optional<String> before) {
    this.api = api;
    this.before = before;
  }

  /// Finds the record, where this look at the service names it.
  ///
  /// @param taskDefinition ours
  OwnDeployment in(ServiceState service, String taskDefinition) {
    if (arn.isEmpty() && service.taskDefinition().equals(taskDefinition)) {
      arn = service.current().filter(current -> !before.equals(Optional.of(current)));
    }
    return this;
  }

  /// Reads it; empty where there is none to be read.
  ///
  /// @throws SdkException when AWS is out of order: then nothing at all is known
  Optional<ServiceDeployment> look() {
    if (!readable || arn.isEmpty()) {
      return Optional.empty();
    }
    try {
      return api.serviceDeployment(arn.get());
    } catch (SdkException e) {
      if (AwsProblems.mayPass(e)) {
        throw e;
      }
      readable = false;
      return Optional.empty();
    }
  }
}
