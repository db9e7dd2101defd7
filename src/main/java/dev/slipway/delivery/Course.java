package dev.slipway.delivery;

import java.util.List;

/// A plan on its way: what it was made of, and where it leads.
record Course(Inputs inputs, RunContext run, Plan plan, List<DeployTarget> wanted) {
  /// The course of a rollback.
  static Course back(Retreat retreat, Targets targets, Progress progress) {
    return new Course(
        retreat.inputs(),
        retreat.run(),
        retreat.plan(),
        targets.backwards().wanted(retreat.inputs(), retreat.run(), progress));
  }

  Course with(Plan known) {
    return new Course(inputs, run, known, wanted);
  }

  /// Whether anything is moved at all.
  boolean isDeployment() {
    return !wanted.isEmpty();
  }

  /// Whether a delivery that does not come up is to be taken back. A rollback is not.
  boolean rollsBackOnFailure() {
    return plan.rollback().isEmpty()
        && inputs.operation() instanceof Operation.Deploy(boolean rollBackOnFailure)
        && rollBackOnFailure;
  }
}
