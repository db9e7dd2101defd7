package dev.slipway.delivery;

import dev.slipway.delivery.ImageRegistry.Pushed;
import java.util.List;
import java.util.Optional;

/// The story of a run: plan, push, move the deployment to the image, report.
public final class Delivery {
  private final Planner planner;
  private final ImageRegistry registry;
  private final GitOpsPorts gitOps;
  private final Progress progress;

  public Delivery(Planner planner, ImageRegistry registry, GitOpsPorts gitOps, Progress progress) {
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

  /// Images one after the other: what two of them share is sent once.
  private Report carryOut(Plan planned, Inputs inputs, RunContext run) {
    Optional<GitOpsRollout> target =
        inputs.gitOps().map(wanted -> new GitOpsRollout(gitOps, wanted, run, progress));
    Optional<Rollout> superseded = target.flatMap(known -> known.superseded(planned));
    if (superseded.isPresent()) {
      progress.rolledOut(superseded.get());
      return Report.of(planned, List.of(), List.of(superseded.get()));
    }
    List<DeliveredImage> images = planned.images().stream().map(this::push).toList();
    Plan plan = planned.with(images.stream().map(DeliveredImage::image).toList());
    List<Rollout> rollouts =
        target.stream().map(known -> rollOut(known, inputs, run, plan)).toList();
    return Report.of(plan, images, rollouts);
  }

  private DeliveredImage push(PlannedImage image) {
    return image
        .push()
        .map(push -> push(image, push))
        .orElseGet(() -> new DeliveredImage(image, Optional.empty()));
  }

  private DeliveredImage push(PlannedImage image, PlannedImage.Push push) {
    progress.pushing(image);
    Pushed pushed = registry.push(push.source(), image.name().orElseThrow(), image.tags());
    PlannedImage known = image.with(pushed.digest());
    progress.pushed(known, pushed);
    return new DeliveredImage(known, Optional.of(pushed));
  }

  private Rollout rollOut(GitOpsRollout target, Inputs inputs, RunContext run, Plan plan) {
    Rollout written = target.carryOut(plan.values(run), plan.gitOps().orElseThrow().base());
    progress.rolledOut(written);
    return new GitOpsWait(gitOps, inputs, target, progress).settled(written, plan.values(run));
  }
}
