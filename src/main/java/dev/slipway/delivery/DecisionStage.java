package dev.slipway.delivery;

import dev.slipway.problem.ActionException;
import java.util.List;
import java.util.Optional;

/// Decides what a delivery does, and claims the version that it was decided on.
final class DecisionStage {
  /// Each lost race is a release of somebody else, so this is how many may come before ours.
  private static final int MOST_RACES = 5;

  private final Planner planner;
  private final ReleaseStage releases;
  private final LedgerPrecedence noted;
  private final Progress progress;

  DecisionStage(Planner planner, ReleaseStage releases, LedgerPrecedence noted, Progress progress) {
    this.planner = planner;
    this.releases = releases;
    this.noted = noted;
    this.progress = progress;
  }

  /// Decides, and decides again while other runs take the version that was decided on.
  ///
  /// @throws ActionException with every problem that stands in the way
  Decision decide(Inputs inputs, RunContext run, List<DeployTarget> wanted) {
    for (int race = 0; race < MOST_RACES; race++) {
      Plan plan = planner.plan(inputs, run);
      plan.release().ifPresent(progress::decided);
      if (inputs.dryRun()) {
        return new Decision.Preview(plan);
      }
      Optional<Decision> overtaken = overtaken(plan, wanted, inputs, run);
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

  private Optional<Decision> overtaken(
      Plan plan, List<DeployTarget> wanted, Inputs inputs, RunContext run) {
    return plan.superseded()
        .<Decision>map(newer -> new Decision.Released(plan, newer))
        .or(() ->
            wanted.stream()
                .flatMap(target -> target.passedBy(plan).stream())
                .findFirst()
                .or(() -> plan.continuesRelease() ? Optional.empty() : noted.passedBy(inputs, run))
                .map(newer -> new Decision.PassedBy(plan, newer)));
  }

  private static ActionException contested() {
    return new ActionException(
        "No version stayed free",
        "other runs made the tag each of the %d times before this run could".formatted(MOST_RACES),
        "Run the step again; a `concurrency` group lets releases run one after the other");
  }
}
