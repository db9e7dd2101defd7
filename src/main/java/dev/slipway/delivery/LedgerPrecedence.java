package dev.slipway.delivery;

import dev.slipway.delivery.DeploymentLedger.Entry;
import dev.slipway.delivery.DeploymentLedger.Standing;
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
  private final Map<CommitSha, Boolean> asked = new HashMap<>();

  /// @param commits of the application repository
  LedgerPrecedence(LedgerStage ledger, CommitHistory commits) {
    this.ledger = ledger;
    this.commits = commits;
  }

  /// The newer delivery that leaves nothing to do, as is noted at this moment. One that is under
  /// way counts; one that failed, or was left by a rollback, does not.
  ///
  /// @throws dev.slipway.problem.ActionException where that is to be red
  Optional<Rollout> passedBy(Inputs inputs, RunContext run) {
    return wish(inputs)
        .flatMap(wish ->
            ledger
                .newest(inputs, run)
                .filter(newest -> comesAfter(run.commit(), newest.record().commit()))
                .map(newer ->
                    Superseding.in(inputs.environment().orElseThrow(), wish)
                        .by(reason(run, newer), false)));
  }

  private static String reason(RunContext run, Entry newer) {
    return "%s@%s %s, and comes after this run's commit"
        .formatted(
            run.repository(),
            newer.record().commit().shortened(7),
            newer.standing() == Standing.UNDER_WAY
                ? "is noted as on its way"
                : "was delivered already");
  }

  private static Optional<OnSuperseded> wish(Inputs inputs) {
    return Stream.concat(
            inputs.ecs().map(Inputs.EcsService::onSuperseded).stream(),
            inputs.script().map(Inputs.RemoteScript::onSuperseded).stream())
        .findFirst();
  }

  private boolean comesAfter(CommitSha ours, CommitSha other) {
    return !other.equals(ours)
        && asked.computeIfAbsent(
            other, commit -> ledger.tolerant(() -> commits.contains(ours, commit)).orElse(false));
  }
}
