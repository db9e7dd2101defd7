package dev.slipway.delivery;

import dev.slipway.problem.ActionException;

/// Which events may deliver, and which may release.
final class EventRules {
  private EventRules() {}

  static void refuseForeignCode(Inputs inputs, RunContext run) {
    if (run.foreign() && !inputs.dryRun()) {
      throw new ActionException(
          "Code from outside the repository is not delivered",
          "the event is %s, and its commit comes from a fork or runs with the base repository's secrets"
              .formatted(run.event()),
          "deliver from a push to a branch of the repository, or set `dry-run: true` here");
    }
  }

  /// The commits of these events are none of a branch that is released, or need not be.
  static void refuseUnmergedRelease(Inputs inputs, RunContext run) {
    boolean unmerged =
        run.event().startsWith("pull_request")
            || run.event().equals("merge_group")
            || run.event().equals("workflow_run");
    if (unmerged && inputs.versioning().releasing().isPresent() && !inputs.dryRun()) {
      throw new ActionException(
          "A release is not made on the event " + run.event(),
          "its commit need not be on the branch that is released, and a version tag is for ever",
          "release on a push to the branch, or set `release: none` or `dry-run: true` for this event");
    }
  }
}
