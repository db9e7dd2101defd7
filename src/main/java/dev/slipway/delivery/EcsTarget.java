package dev.slipway.delivery;

import dev.slipway.image.ImageReference;
import dev.slipway.problem.ActionException;
import java.util.List;
import java.util.Optional;

/// A service of Amazon ECS.
record EcsTarget(EcsCluster cluster, Progress progress) implements DeployTarget {
  @Override
  public Rollout rollOut(Plan plan, List<DeliveredImage> images) {
    EcsCluster.Service service = plan.ecs().orElseThrow();
    Rollout rollout = cluster.move(service, content(service, images));
    progress.rolledOut(rollout);
    if (rollout instanceof Rollout.ServiceSuperseded passedBy
        && service.wanted().onSuperseded() == OnSuperseded.FAIL) {
      throw passedBy(passedBy);
    }
    return rollout;
  }

  /// What the service's image stands for after this run; of an image that is none of the plan's,
  /// nothing is known, and nothing has moved.
  private static EcsCluster.Content content(
      EcsCluster.Service service, List<DeliveredImage> images) {
    return images.stream()
        .filter(image -> says(image, service.image()))
        .findFirst()
        .map(DeliveredImage::content)
        .orElseGet(() -> new EcsCluster.Content(false, Optional.empty(), Optional.empty()));
  }

  private static boolean says(DeliveredImage image, String reference) {
    return image.image().reference().map(ImageReference::toString).equals(Optional.of(reference));
  }

  private static ActionException passedBy(Rollout.ServiceSuperseded rollout) {
    return new ActionException(
        "Another deployment took the ECS service " + rollout.service(),
        "it moved the service on to %s before the tasks of %s were up"
            .formatted(rollout.by(), rollout.taskDefinition()),
        "Look who deployed it; a `concurrency` group lets deployments run one after the other; set `on-superseded: skip` to let such runs be green");
  }
}
