package dev.slipway.delivery;

import dev.slipway.delivery.DeploymentLedger.Entry;
import dev.slipway.problem.ActionException;
import dev.slipway.version.CommitSha;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Tells whether a later commit was delivered to the same service or machines. They say nothing of
/// commits themselves, so this is known only where deliveries are noted. Where histories parted,
/// nobody can tell, and ours counts as the newer one.
final class LedgerPrecedence {
  private final LedgerStage ledger;
  private final CommitHistory commits;
  private final ImageRegistry registry;
  private final Map<CommitSha, Boolean> asked = new HashMap<>();

  /// @param commits of the application repository
  /// @param registry where the run's images live
  LedgerPrecedence(LedgerStage ledger, CommitHistory commits, ImageRegistry registry) {
    this.ledger = ledger;
    this.commits = commits;
    this.registry = registry;
  }

  /// The newer delivery that leaves nothing to do, as is noted at this moment. One that is under
  /// way counts; one that failed, or was left by a rollback, does not.
  ///
  /// @throws ActionException where that is to be red
  Optional<Rollout> passedBy(Inputs inputs, RunContext run) {
    ledger.forget();
    return known(inputs, run);
  }

  /// The same, as was noted when it was read last. A rollback leads backwards on purpose.
  ///
  /// @throws ActionException where that is to be red
  Optional<Rollout> passedBy(Course course) {
    return course.plan().rollback().isPresent()
        ? Optional.empty()
        : known(course.inputs(), course.run());
  }

  /// The same at this moment, when the run itself is noted: of two runs that look after that, at
  /// least one sees the other.
  ///
  /// @param entry the run's own; noted as one that moved nothing where a newer delivery is there
  /// @throws ActionException where that is to be red
  Optional<Rollout> passedBy(Course course, Optional<String> entry) {
    ledger.forget();
    try {
      Optional<Rollout> newer = passedBy(course);
      newer.ifPresent(_ -> ledger.passed(entry));
      return newer;
    } catch (ActionException e) {
      ledger.passed(entry);
      throw e;
    }
  }

  private Optional<Rollout> known(Inputs inputs, RunContext run) {
    return wish(inputs)
        .flatMap(wish ->
            search(inputs, run).current().stream()
                .filter(other -> comesAfter(run.commit(), other.record().commit()))
                .findFirst()
                .map(newer ->
                    new Superseding(wish, inputs.environment().orElseThrow())
                        .by(reason(run, newer), false)));
  }

  /// Empty where nothing can be told.
  private static Optional<OnSuperseded> wish(Inputs inputs) {
    return Stream.concat(
            inputs.ecs().map(Inputs.EcsService::onSuperseded).stream(),
            inputs.namedScript().map(Inputs.RemoteScript::onSuperseded).stream())
        .findFirst();
  }

  private LedgerSearch search(Inputs inputs, RunContext run) {
    return new LedgerSearch(
        OwnImages.believed(ledger.entries(inputs), inputs, registry), run.runId());
  }

  private static String reason(RunContext run, Entry newer) {
    return "%s@%s %s already, and comes after this run's commit"
        .formatted(run.repository(), newer.record().commit().shortened(7), newer.state());
  }

  private boolean comesAfter(CommitSha ours, CommitSha other) {
    if (other.equals(ours)) {
      return false;
    }
    Optional<Boolean> answer =
        Optional.ofNullable(asked.get(other))
            .or(() -> ledger.tolerant(() -> commits.contains(ours, other)));
    answer.ifPresent(known -> asked.put(other, known));
    return answer.orElse(false);
  }
}
