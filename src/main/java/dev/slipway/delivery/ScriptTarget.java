package dev.slipway.delivery;

import java.util.List;

/// Machines that bring the image into service by a script.
record ScriptTarget(RemoteScripts scripts, Progress progress) implements DeployTarget {
  @Override
  public Rollout rollOut(Plan plan, List<DeliveredImage> images) {
    Rollout rollout = scripts.run(plan.script().orElseThrow(), ScriptVariables.of(plan));
    progress.rolledOut(rollout);
    return rollout;
  }
}
