package dev.slipway.delivery;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.problem.ActionException;
import dev.slipway.version.ReleaseDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The story of a run: plan, claim the version, push, publish the release, move the deployment to
/// the image, report.
public final class Delivery {
  /// Each lost race is a release of somebody else, so this is how many may come before ours.
  private static final int MOST_RACES = 5;

  private final Planner planner;
  private final ReleaseStage releases;
  private final ImageRegistry registry;
  private final Targets targets;
  private final Progress progress;

  public Delivery(Planner planner, ImageRegistry registry, Targets targets, Progress progress) {
    this.planner = planner;
    this.releases = new ReleaseStage(planner.releases(), progress);
    this.registry = registry;
    this.targets = targets;
    this.progress = progress;
  }

  /// Does what `inputs` ask. A dry run ends with the plan, and has written nothing anywhere.
  ///
  /// @throws dev.slipway.problem.ActionException when the step is red
  public Report run(Inputs inputs, RunContext run) {
    Optional<GitOpsRollout> target =
        inputs.gitOps().map(wanted -> new GitOpsRollout(targets.gitOps(), wanted, run, progress));
    Settled settled = settle(inputs, run, target);
    progress.planned(settled.plan());
    Report report = report(settled, target, inputs, run);
    progress.finished(report);
    return report;
  }

  /// A plan that stands.
  ///
  /// @param passedBy the newer delivery that leaves nothing to do
  /// @param tagged whether this run made the version tag
  private record Settled(Plan plan, Optional<Rollout> passedBy, boolean tagged) {}

  /// Decides, and decides again while other runs take the version that was decided on.
  private Settled settle(Inputs inputs, RunContext run, Optional<GitOpsRollout> target) {
    for (int race = 0; race < MOST_RACES; race++) {
      Plan plan = planner.plan(inputs, run);
      plan.release().ifPresent(progress::decided);
      if (inputs.dryRun()) {
        return new Settled(plan, Optional.empty(), false);
      }
      Optional<Rollout> passedBy = target.flatMap(known -> known.superseded(plan));
      if (passedBy.isPresent()) {
        return new Settled(plan, passedBy, false);
      }
      Optional<Boolean> tagged = releases.claim(plan);
      if (tagged.isPresent()) {
        return new Settled(plan, Optional.empty(), tagged.get());
      }
    }
    throw contested();
  }

  private static ActionException contested() {
    return new ActionException(
        "No version stayed free",
        "other runs made the tag each of the %d times before this run could".formatted(MOST_RACES),
        "Run the step again; a `concurrency` group lets releases run one after the other");
  }

  private Report report(
      Settled settled, Optional<GitOpsRollout> target, Inputs inputs, RunContext run) {
    Plan plan = settled.plan();
    if (inputs.dryRun()) {
      return preview(plan);
    }
    return settled
        .passedBy()
        .map(newer -> superseded(plan, newer))
        .or(() -> plan.superseded().map(newer -> superseded(plan, newer, inputs)))
        .orElseGet(() -> carryOut(settled, target, inputs, run));
  }

  private Report superseded(Plan plan, Rollout newer) {
    progress.rolledOut(newer);
    return Report.of(plan, List.of(), List.of(newer), Released.NOTHING);
  }

  private static Report superseded(Plan plan, ReleaseDecision.Superseded newer, Inputs inputs) {
    return switch (inputs.versioning().releasing().orElseThrow().onSuperseded()) {
      case SKIP -> Report.superseded(plan);
      case FAIL ->
          throw new ActionException(
              "A newer commit is released already",
              newer.why(),
              "Run the workflow of the newest commit; set `on-superseded: skip` to let such runs be green");
    };
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
  private Report carryOut(
      Settled settled, Optional<GitOpsRollout> target, Inputs inputs, RunContext run) {
    Plan planned = settled.plan();
    List<DeliveredImage> images = planned.images().stream().map(this::push).toList();
    Plan plan = planned.with(images.stream().map(DeliveredImage::image).toList());
    Released released = new Released(settled.tagged(), releases.publish(plan));
    List<Rollout> rollouts = new ArrayList<>();
    target.map(known -> rollOut(known, inputs, run, plan)).ifPresent(rollouts::add);
    plan.ecs().map(service -> rollOut(service, images)).ifPresent(rollouts::add);
    plan.script()
        .map(script -> told(targets.scripts().run(script, ScriptVariables.of(plan))))
        .ifPresent(rollouts::add);
    return Report.of(plan, images, rollouts, released);
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
    Rollout written = told(target.carryOut(plan.values(run), plan.gitOps().orElseThrow().base()));
    return new GitOpsWait(targets.gitOps(), inputs, target, progress)
        .settled(written, plan.values(run));
  }

  private Rollout rollOut(EcsCluster.Service service, List<DeliveredImage> images) {
    boolean moved =
        images.stream()
            .filter(image -> image.image().reference().equals(Optional.of(service.image())))
            .flatMap(image -> image.pushed().stream())
            .anyMatch(Pushed::changed);
    return told(targets.ecs().move(service, moved));
  }

  private Rollout told(Rollout rollout) {
    progress.rolledOut(rollout);
    return rollout;
  }
}
