package dev.slipway.delivery;

import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Operation;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import java.util.List;
import java.util.Optional;

/// How a green run ended.
///
/// @param pushed empty when nothing was to be pushed
/// @param changed whether this run wrote anything to the registry or a deploy target
public record Report(
    Plan plan,
    Optional<ImageRegistry.Pushed> pushed,
    Rollout rollout,
    Outcome outcome,
    boolean changed) {

  /// The report of a dry run.
  static Report planned(Plan plan) {
    return new Report(plan, Optional.empty(), new Rollout.NotRequested(), Outcome.PLANNED, false);
  }

  /// The report of a run that carried its plan out.
  static Report of(Plan plan, Optional<ImageRegistry.Pushed> pushed, Rollout rollout) {
    boolean registryChanged = pushed.map(ImageRegistry.Pushed::changed).orElse(false);
    return switch (rollout) {
      case Rollout.NotRequested _, Rollout.AlreadyUpToDate _ ->
          new Report(
              plan,
              pushed,
              rollout,
              registryChanged ? Outcome.DEPLOYED : Outcome.UNCHANGED,
              registryChanged);
      case Rollout.Committed _ -> new Report(plan, pushed, rollout, Outcome.DEPLOYED, true);
      case Rollout.PullRequestOpen(Proposed _, Merge.Merged _, List<FileChange> _) ->
          new Report(plan, pushed, rollout, Outcome.DEPLOYED, true);
      case Rollout.PullRequestOpen(Proposed proposed, Merge _, List<FileChange> _) ->
          new Report(
              plan,
              pushed,
              rollout,
              Outcome.PENDING,
              registryChanged || proposed.operation() != Operation.NONE);
    };
  }
}
