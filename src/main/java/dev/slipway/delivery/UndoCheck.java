package dev.slipway.delivery;

import dev.slipway.delivery.DeploymentLedger.Entry;
import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.problem.ActionException;
import java.util.List;

/// What keeps a run from taking back its own delivery: somebody else has delivered since.
///
/// @param failed what the run had planned
record UndoCheck(Plan failed, CommitHistory sources, RunContext run) {
  /// The open pull request is one for all deliveries, and taking ours back would close it.
  ///
  /// @throws ActionException when a newer delivery waits there
  void refuseNewerProposal(Snapshot base, Inputs.GitOps wanted) {
    if (wanted.delivery() == GitOpsDelivery.COMMIT) {
      return;
    }
    Precedence precedence = new Precedence(DeliveryText.provenance(run, wanted), sources);
    base.proposals().stream()
        .filter(precedence)
        .findFirst()
        .ifPresent(newer -> {
          throw new ActionException(
              "Nothing is rolled back in %s".formatted(wanted.repository()),
              "%s, a later commit, waits in a pull request already"
                  .formatted(newer.commit().shortened(7)),
              "Look how that one does; to return all the same, run `operation: rollback`");
        });
  }

  /// Machines do not say what they run, so what is noted of them has to.
  ///
  /// @param since what other runs have delivered there after this one
  /// @throws ActionException when there is anything
  void refuseDelivered(List<Entry> since, Inputs inputs) {
    since.stream()
        .findFirst()
        .ifPresent(newer -> {
          throw new ActionException(
              "Nothing is rolled back in %s".formatted(inputs.environment().orElseThrow()),
              "%s %s meanwhile".formatted(newer.record().commit().shortened(7), newer.state()),
              "Look how that one does; to return all the same, run `operation: rollback`");
        });
  }

  /// @throws ActionException when the service runs neither what was there before nor our image
  void refuseMoved(EcsCluster.Service now) {
    EcsCluster.Service planned = failed.ecs().orElseThrow();
    if (!now.taskDefinition().equals(planned.taskDefinition())
        && now.before().filter(planned.image()::equals).isEmpty()) {
      throw new ActionException(
          "The ECS service %s is not rolled back".formatted(planned.wanted().service()),
          "somebody else has moved it to %s meanwhile"
              .formatted(EntryNote.revision(now.taskDefinition())),
          "Look who deployed it; to return all the same, run `operation: rollback`");
    }
  }
}
