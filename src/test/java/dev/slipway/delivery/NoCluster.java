package dev.slipway.delivery;

import dev.slipway.image.ImageReference;

/// A cluster that nobody may speak to.
public final class NoCluster implements EcsCluster {
  @Override
  public Service look(Inputs.EcsService wanted, ImageReference image) {
    throw new AssertionError("no service is given");
  }

  @Override
  public Service lookBack(Inputs.EcsService wanted, Goal goal) {
    throw new AssertionError("no service is given");
  }

  @Override
  public Rollout move(Service service, Content content) {
    throw new AssertionError("no service is given");
  }
}
