package dev.slipway.runner.report;

import dev.slipway.delivery.ApplicationName;
import dev.slipway.delivery.EcsCluster;
import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.LiveCheck;
import dev.slipway.delivery.OnSuperseded;
import dev.slipway.delivery.Plan;
import dev.slipway.delivery.Rollout;
import dev.slipway.version.CommitSha;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Ends of waits, and services of Amazon ECS, as runs have them.
final class SampleRollouts {
  private SampleRollouts() {}

  /// The application that runs a commit of the GitOps repository.
  static LiveCheck.Result.Live live(CommitSha revision) {
    return new LiveCheck.Result.Live(
        List.of(
            new LiveCheck.LiveApplication(
                ApplicationName.parse("shop"), revision, Duration.ofSeconds(41))));
  }

  /// A newer delivery was there.
  ///
  /// @param changed whether the run had written before it noticed
  static Rollout superseded(boolean changed) {
    return new Rollout.Superseded(
        "acme/shop@5555555 was delivered already, and comes after this run's commit", changed);
  }

  /// Push, and a service of ECS that runs the second revision.
  static Plan planOfService(EcsCluster.Next next) {
    return SamplePlan.empty()
        .images(Samples.image())
        .ecs(
            new EcsCluster.Service(
                new Inputs.EcsService(
                    "prod",
                    "shop",
                    Optional.empty(),
                    Optional.of("api"),
                    Duration.ofMinutes(15),
                    OnSuperseded.SKIP),
                definition(2),
                "api",
                Optional.of("ghcr.io/acme/shop:1.2.2"),
                Samples.image().reference().orElseThrow().toString(),
                next))
        .build();
  }

  /// The service runs a revision, and ran the second one before.
  static Rollout service(int revision) {
    return new Rollout.ServiceRuns("shop", definition(revision), definition(2), revision != 2);
  }

  /// Somebody else moved the service on from the third revision to the fourth.
  static Rollout serviceSuperseded() {
    return new Rollout.ServiceSuperseded("shop", definition(3), definition(4), true);
  }

  private static String definition(int revision) {
    return "arn:aws:ecs:ap-northeast-2:123456789012:task-definition/shop:" + revision;
  }
}
