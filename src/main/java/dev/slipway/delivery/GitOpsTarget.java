package dev.slipway.delivery;

import dev.slipway.delivery.GitOpsRepository.Withdrawal;
import java.util.List;
import java.util.Optional;

/// A GitOps repository, and whoever follows it.
///
/// @param waits for the merge and for Argo CD
record GitOpsTarget(
    GitOpsRepository repository,
    GitOpsRollout rollout,
    GitOpsWait waits,
    RunContext run,
    Progress progress)
    implements DeployTarget {

  @Override
  public Optional<Rollout> passedBy(Plan plan) {
    return rollout.superseded(plan);
  }

  @Override
  public Rollout rollOut(Plan plan, List<DeliveredImage> images) {
    PlaceholderValues values = plan.values(run);
    Plan.GitOps change = plan.gitOps().orElseThrow();
    Rollout carriedOut = rollout.carryOut(values, change.base());
    Rollout written = plan.rollback().isPresent() ? withdrawn(carriedOut, change) : carriedOut;
    progress.rolledOut(written);
    return waits.settled(written, values);
  }

  /// Where the base branch says the earlier values already, the delivery that is left waits in a
  /// pull request, and would still move it on.
  private Rollout withdrawn(Rollout carriedOut, Plan.GitOps change) {
    if (!(carriedOut instanceof Rollout.AlreadyUpToDate there) || change.headBranch().isEmpty()) {
      return carriedOut;
    }
    return switch (repository.withdraw(change.headBranch().get(), "A rollback took its place.")) {
      case Withdrawal.NothingOpen _ -> there;
      case Withdrawal.Closed(var closed) -> there.with(closed);
      case Withdrawal.StillOpen(var _, var problem) -> {
        progress.warning(problem.what() + ": " + problem.why(), problem.fix());
        yield there;
      }
    };
  }
}
