package dev.slipway.delivery;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.image.Tag;
import dev.slipway.problem.ActionException;
import dev.slipway.version.ReleaseDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The story of a run: plan, claim the version, push, publish the release, move the deployment to
/// the image, report. A rollback is the same story with another plan.
public final class Delivery {
  private final RollbackPlanner retreats;
  private final DecisionStage decisions;
  private final ReleaseStage releases;
  private final LedgerStage ledger;
  private final LedgerPrecedence noted;
  private final ImageRegistry registry;
  private final Targets targets;
  private final Progress progress;

  public Delivery(Planner planner, ImageRegistry registry, Targets targets, Progress progress) {
    this.releases = new ReleaseStage(planner.home().releases(), progress);
    this.ledger = new LedgerStage(planner.home().ledger(), progress);
    this.noted = new LedgerPrecedence(ledger, targets.gitOps().sources(), registry);
    this.decisions = new DecisionStage(planner, releases, noted, progress);
    this.retreats = planner.backwards(ledger);
    this.registry = registry;
    this.targets = targets;
    this.progress = progress;
  }

  /// Does what `inputs` ask. A dry run ends with the plan, and has written nothing anywhere.
  ///
  /// @throws dev.slipway.problem.ActionException when the step is red
  public Report run(Inputs inputs, RunContext run) {
    Report report =
        switch (inputs.operation()) {
          case Operation.Deploy _ -> deploy(inputs, run);
          case Operation.Rollback(var to) -> rollBack(retreats.plan(inputs, run, to));
        };
    progress.finished(report);
    return report;
  }

  private Report deploy(Inputs inputs, RunContext run) {
    List<DeployTarget> wanted = targets.wanted(inputs, run, progress);
    Decision decision = decisions.decide(inputs, run, wanted);
    progress.planned(decision.plan());
    return switch (decision) {
      case Decision.Preview(var plan) -> preview(plan);
      case Decision.Released(var plan, var newer) -> superseded(plan, newer, inputs);
      case Decision.PassedBy(var plan, var newer) -> superseded(plan, newer);
      case Decision.Go(var plan, var tagged) ->
          carryOut(new Course(inputs, run, plan, wanted), tagged);
    };
  }

  private Report rollBack(Retreat retreat) {
    progress.planned(retreat.plan());
    if (retreat.inputs().dryRun()) {
      return preview(retreat.plan());
    }
    Report report = carryOut(Course.back(retreat, targets, progress), false);
    ledger.left(retreat);
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
  private Report carryOut(Course course, boolean tagged) {
    List<DeliveredImage> images = course.plan().images().stream().map(this::push).toList();
    Plan plan = course.plan().with(images.stream().map(DeliveredImage::image).toList());
    Released released = new Released(tagged, releases.publish(plan));
    return Report.of(plan, images, rollOut(course.with(plan), images), released);
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

  private List<Rollout> rollOut(Course course, List<DeliveredImage> images) {
    Optional<Rollout> before = noted.passedBy(course);
    if (before.isPresent()) {
      return passed(before.get(), images);
    }
    Optional<String> entry = course.isDeployment() ? ledger.begin(course) : Optional.empty();
    // The push took its time.
    Optional<Rollout> meanwhile = noted.passedBy(course, entry);
    if (meanwhile.isPresent()) {
      return passed(meanwhile.get(), images);
    }
    try {
      List<Rollout> rollouts = move(course, images);
      ledger.end(entry, rollouts);
      return rollouts;
    } catch (ActionException e) {
      ledger.failed(entry, e);
      throw course.rollsBackOnFailure() ? undone(course, e) : e;
    }
  }

  private List<Rollout> passed(Rollout newer, List<DeliveredImage> images) {
    progress.rolledOut(newer);
    String moved =
        images.stream()
            .filter(DeliveredImage::changed)
            .flatMap(image -> image.image().tags().stream().skip(1))
            .map(Tag::value)
            .collect(Collectors.joining(", "));
    if (!moved.isEmpty()) {
      progress.warning(
          "This run had set %s before it saw the newer delivery".formatted(moved),
          "Run the newer commit's workflow once more, which sets them to its own image");
    }
    return List.of(newer);
  }

  /// Up to the first target that a newer delivery has: what comes behind it is that one's.
  private static List<Rollout> move(Course course, List<DeliveredImage> images) {
    List<Rollout> rollouts = new ArrayList<>();
    for (DeployTarget target : course.wanted()) {
      Rollout rollout = target.rollOut(course.plan(), images);
      rollouts.add(rollout);
      if (rollout.superseded()) {
        break;
      }
    }
    return rollouts;
  }

  /// Returns to what was there before. The run stays red, for what it was to deliver is not there.
  private ActionException undone(Course course, ActionException failure) {
    progress.begun("The delivery failed, and is rolled back");
    try {
      progress.undone(
          rollBack(retreats.undo(course.plan(), course.inputs(), course.run())).undone());
      return failure;
    } catch (ActionException also) {
      return new ActionException(
          Stream.concat(failure.problems().stream(), also.problems().stream()).toList());
    }
  }
}
