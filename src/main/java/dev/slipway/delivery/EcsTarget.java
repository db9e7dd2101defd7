package dev.slipway.delivery;

import dev.slipway.delivery.ImageRegistry.Pushed;
import java.util.List;
import java.util.Optional;

/// A service of Amazon ECS.
record EcsTarget(EcsCluster cluster, Progress progress) implements DeployTarget {
  @Override
  public Rollout rollOut(Plan plan, List<DeliveredImage> images) {
    EcsCluster.Service service = plan.ecs().orElseThrow();
    Rollout rollout = cluster.move(service, pushedAnew(service, images));
    progress.rolledOut(rollout);
    return rollout;
  }

  /// Whether the service's reference stands for another image than before this run.
  private static boolean pushedAnew(EcsCluster.Service service, List<DeliveredImage> images) {
    return images.stream()
        .filter(image -> image.image().reference().equals(Optional.of(service.image())))
        .flatMap(image -> image.pushed().stream())
        .anyMatch(Pushed::changed);
  }
}
