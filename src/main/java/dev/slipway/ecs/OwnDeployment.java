package dev.slipway.ecs;

import dev.slipway.aws.AwsProblems;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/// ECS's record of the deployment that is waited for: found once, then read by its ARN. Where that
/// is not permitted, or the API is not there, nobody misses it.
final class OwnDeployment {
  private final EcsApi api;
  private final Optional<String> before;
  private final boolean goesBack;
  private Optional<String> arn = Optional.empty();
  private boolean readable = true;

  /// @param before ARN of the one that the service was at before; empty: the one it is at is ours
  OwnDeployment(EcsApi api, Optional<String> before) {
    this(api, before, false);
  }

  private OwnDeployment(EcsApi api, Optional<String> before, boolean goesBack) {
    this.api = api;
    this.before = before;
    this.goesBack = goesBack;
  }

  /// The deployment that `service` is at, of which the rollback is waited for.
  static OwnDeployment goingBack(EcsApi api, ServiceState service) {
    OwnDeployment own = new OwnDeployment(api, Optional.empty(), true);
    own.arn = service.current();
    return own;
  }

  /// Whether its rollback is waited for.
  boolean goesBack() {
    return goesBack;
  }

  /// What its record means, beside what the service itself looks like.
  Verdict judge(ServiceDeployment record, Verdict seen, ServiceState service) {
    return goesBack ? record.judgeReturn(seen, service) : record.judge(seen, service);
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
