package dev.slipway.delivery;

import java.util.List;

/// How a green run ended.
///
/// @param plan with every digest that the run brought out
/// @param images all of the plan's, none in a dry run
/// @param rollouts one for each deploy target that was asked for
/// @param changed whether this run wrote anything to the registry, a deploy target, or its own
///   repository
public record Report(
    Plan plan,
    List<DeliveredImage> images,
    List<Rollout> rollouts,
    Outcome outcome,
    boolean changed) {
  public Report {
    images = List.copyOf(images);
    rollouts = List.copyOf(rollouts);
  }

  /// The report of a dry run.
  static Report planned(Plan plan) {
    return new Report(plan, List.of(), List.of(), Outcome.PLANNED, false);
  }

  /// The report of a run that found a newer release, and wrote nothing.
  static Report superseded(Plan plan) {
    return new Report(plan, List.of(), List.of(), Outcome.SUPERSEDED, false);
  }

  /// The report of a run that carried its plan out.
  static Report of(
      Plan plan, List<DeliveredImage> images, List<Rollout> rollouts, Released released) {
    boolean pushed = images.stream().anyMatch(DeliveredImage::changed);
    boolean changed = pushed || released.changed() || rollouts.stream().anyMatch(Rollout::changed);
    return new Report(plan, images, rollouts, outcome(plan, rollouts, changed), changed);
  }

  /// The same as the end of a delivery that failed: also where its target has returned by itself,
  /// what was before is in service again.
  Report undone() {
    return outcome == Outcome.UNCHANGED
        ? new Report(plan, images, rollouts, Outcome.ROLLED_BACK, changed)
        : this;
  }

  private static Outcome outcome(Plan plan, List<Rollout> rollouts, boolean changed) {
    if (rollouts.stream().anyMatch(Rollout::superseded)) {
      return Outcome.SUPERSEDED;
    }
    if (rollouts.stream().anyMatch(Rollout::pending)) {
      return Outcome.PENDING;
    }
    if (!changed) {
      return Outcome.UNCHANGED;
    }
    return plan.rollback().isPresent() ? Outcome.ROLLED_BACK : Outcome.DEPLOYED;
  }
}
