package dev.slipway.delivery;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.image.Digest;
import java.util.Optional;

/// The story of a run: plan, push, move the deployment to the image, report.
public final class Delivery {
  private final Planner planner;
  private final ImageRegistry registry;
  private final GitOpsRepository gitOps;
  private final Progress progress;

  public Delivery(
      Planner planner, ImageRegistry registry, GitOpsRepository gitOps, Progress progress) {
    this.planner = planner;
    this.registry = registry;
    this.gitOps = gitOps;
    this.progress = progress;
  }

  /// Does what `inputs` ask. A dry run ends with the plan, and has written nothing anywhere.
  ///
  /// @throws dev.slipway.problem.ActionException when the step is red
  public Report run(Inputs inputs, RunContext run) {
    Plan plan = planner.plan(inputs, run);
    progress.planned(plan);
    Report report = inputs.dryRun() ? preview(plan) : carryOut(plan, inputs, run);
    progress.finished(report);
    return report;
  }

  /// A dry run needs no right to write, but should not keep it to itself that one is missing.
  private Report preview(Plan plan) {
    plan.gitOps().stream()
        .flatMap(change -> change.base().obstacles().stream())
        .forEach(
            obstacle -> progress.warning(obstacle.what() + ": " + obstacle.why(), obstacle.fix()));
    return Report.planned(plan);
  }

  private Report carryOut(Plan plan, Inputs inputs, RunContext run) {
    Optional<Pushed> pushed = plan.push().map(push -> push(plan, push));
    Optional<Digest> digest = pushed.map(Pushed::digest).or(plan::digest);
    Rollout rollout =
        inputs
            .gitOps()
            .map(
                wanted -> new GitOpsRollout(gitOps, wanted, run).carryOut(plan.values(run, digest)))
            .orElseGet(Rollout.NotRequested::new);
    progress.rolledOut(rollout);
    return Report.of(plan, pushed, rollout);
  }

  private Pushed push(Plan plan, Plan.Push push) {
    progress.pushing(plan);
    Pushed pushed = registry.push(push.source(), plan.name().orElseThrow(), plan.tags());
    progress.pushed(plan, pushed);
    return pushed;
  }
}
