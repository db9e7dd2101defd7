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
    List<DeployTarget> wanted = targets.wanted(inputs, run, progress);
    Decision decision = decide(inputs, run, wanted);
    progress.planned(decision.plan());
    Report report =
        switch (decision) {
          case Decision.Preview(var plan) -> preview(plan);
          case Decision.Released(var plan, var newer) -> superseded(plan, newer, inputs);
          case Decision.PassedBy(var plan, var newer) -> superseded(plan, newer);
          case Decision.Go(var plan, var tagged) -> carryOut(plan, tagged, wanted);
        };
    progress.finished(report);
    return report;
  }

  /// What comes of a plan.
  private sealed interface Decision {
    Plan plan();

    /// To be shown, and nothing else.
    record Preview(Plan plan) implements Decision {}

    /// A newer commit is released already.
    record Released(Plan plan, ReleaseDecision.Superseded newer) implements Decision {}

    /// A newer delivery is where this one would go.
    record PassedBy(Plan plan, Rollout newer) implements Decision {}

    /// To be carried out.
    ///
    /// @param tagged whether this run made the version tag
    record Go(Plan plan, boolean tagged) implements Decision {}
  }

  /// Decides, and decides again while other runs take the version that was decided on.
  private Decision decide(Inputs inputs, RunContext run, List<DeployTarget> wanted) {
    for (int race = 0; race < MOST_RACES; race++) {
      Plan plan = planner.plan(inputs, run);
      plan.release().ifPresent(progress::decided);
      if (inputs.dryRun()) {
        return new Decision.Preview(plan);
      }
      Optional<Decision> overtaken = overtaken(plan, wanted);
      if (overtaken.isPresent()) {
        return overtaken.get();
      }
      Optional<Boolean> tagged = releases.claim(plan);
      if (tagged.isPresent()) {
        return new Decision.Go(plan, tagged.get());
      }
    }
    throw contested();
  }

  private static Optional<Decision> overtaken(Plan plan, List<DeployTarget> wanted) {
    return plan.superseded()
        .<Decision>map(newer -> new Decision.Released(plan, newer))
        .or(() ->
            wanted.stream()
                .flatMap(target -> target.passedBy(plan).stream())
                .findFirst()
                .map(newer -> new Decision.PassedBy(plan, newer)));
  }

  private static ActionException contested() {
    return new ActionException(
        "No version stayed free",
        "other runs made the tag each of the %d times before this run could".formatted(MOST_RACES),
        "Run the step again; a `concurrency` group lets releases run one after the other");
  }

  /// A dry run needs no right to write, but should not keep it to itself that one is missing.
  private Report preview(Plan plan) {
    plan.gitOps().stream()
        .flatMap(change -> change.base().obstacles().stream())
        .forEach(
            obstacle -> progress.warning(obstacle.what() + ": " + obstacle.why(), obstacle.fix()));
    return Report.planned(plan);
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

  private Report superseded(Plan plan, Rollout newer) {
    progress.rolledOut(newer);
    return Report.of(plan, List.of(), List.of(newer), Released.NOTHING);
  }

  /// Images one after the other: what two of them share is sent once.
  private Report carryOut(Plan planned, boolean tagged, List<DeployTarget> wanted) {
    List<DeliveredImage> images = planned.images().stream().map(this::push).toList();
    Plan plan = planned.with(images.stream().map(DeliveredImage::image).toList());
    Released released = new Released(tagged, releases.publish(plan));
    return Report.of(plan, images, rollOut(plan, images, wanted), released);
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

  /// Up to the first target that a newer delivery has: what comes behind it is that one's.
  private static List<Rollout> rollOut(
      Plan plan, List<DeliveredImage> images, List<DeployTarget> wanted) {
    List<Rollout> rollouts = new ArrayList<>();
    for (DeployTarget target : wanted) {
      Rollout rollout = target.rollOut(plan, images);
      rollouts.add(rollout);
      if (rollout.superseded()) {
        break;
      }
    }
    return rollouts;
  }
}
