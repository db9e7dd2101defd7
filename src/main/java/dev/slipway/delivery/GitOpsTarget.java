package dev.slipway.delivery;

import java.util.List;
import java.util.Optional;

/// A GitOps repository, and whoever follows it.
///
/// @param waits for the merge and for Argo CD
record GitOpsTarget(GitOpsRollout rollout, GitOpsWait waits, RunContext run, Progress progress)
    implements DeployTarget {

  @Override
  public Optional<Rollout> passedBy(Plan plan) {
    return rollout.superseded(plan);
  }

  @Override
  public Rollout rollOut(Plan plan, List<DeliveredImage> images) {
    PlaceholderValues values = plan.values(run);
    Rollout written = rollout.carryOut(values, plan.gitOps().orElseThrow().base());
    progress.rolledOut(written);
    return waits.settled(written, values);
  }
}
