package dev.slipway.delivery;

import dev.slipway.image.Digest;
import dev.slipway.image.ImageReference;
import java.util.Optional;
import java.util.Set;

/// Port: the Amazon ECS cluster with the service that the author named.
public interface EcsCluster {
  /// Reads the service and what it runs, and decides what it is to run. Changes nothing.
  ///
  /// @throws dev.slipway.problem.ActionException when there is no such service, or it cannot be
  ///   moved
  Service look(Inputs.EcsService wanted, ImageReference image);

  /// Moves the service to the image, and waits until the new tasks run.
  ///
  /// @param service as it was looked at
  /// @throws dev.slipway.problem.ActionException when AWS refuses, the new tasks do not come up, or
  ///   the time is over
  Rollout move(Service service, Content content);

  /// What the image's name stands for now.
  ///
  /// @param moved whether this run pointed the image's tag at other content, so that the same
  ///   definition means other tasks
  /// @param digest of the image; empty: not known
  /// @param parts digests of all that the image consists of; empty: not known
  record Content(boolean moved, Optional<Digest> digest, Optional<Set<Digest>> parts) {}

  /// What the service runs and is to run.
  ///
  /// @param taskDefinition ARN of the one it runs
  /// @param container whose image changes
  /// @param before what that container runs now; empty: it is new
  record Service(
      Inputs.EcsService wanted,
      String taskDefinition,
      String container,
      Optional<String> before,
      ImageReference image,
      Next next) {}

  /// The task definition that the service is to run.
  sealed interface Next {
    /// The one it runs.
    record Same() implements Next {}

    /// One that an earlier run registered and did not bring into service.
    record Registered(String arn) implements Next {}

    /// A new one.
    ///
    /// @param definition as JSON
    record New(String definition) implements Next {}
  }
}
