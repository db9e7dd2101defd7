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

  /// Reads the service and what it ran before, and decides what it is to return to. Changes
  /// nothing.
  ///
  /// @throws dev.slipway.problem.ActionException when nothing is known to return to, or the service
  ///   cannot be moved
  Service lookBack(Inputs.EcsService wanted, Goal goal);

  /// What a service is to return to.
  sealed interface Goal {
    /// What ran well before what it runs now.
    record Previous() implements Goal {}

    /// A task definition by its ARN.
    record Definition(String arn) implements Goal {}

    /// The newest task definition whose container has one of these images.
    ///
    /// @param references as a container's definition may say it: with a tag, or with a digest
    record Image(Set<String> references) implements Goal {}
  }

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
  /// @param image what that container is to run, as its definition says it
  record Service(
      Inputs.EcsService wanted,
      String taskDefinition,
      String container,
      Optional<String> before,
      String image,
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

    /// One that the service ran before. Where the service has been moved since it was looked at, it
    /// is left alone.
    ///
    /// @param definition as JSON, to be registered anew because `arn` cannot be used any more;
    ///   empty: it can
    record Earlier(String arn, Optional<String> definition) implements Next {}
  }
}
