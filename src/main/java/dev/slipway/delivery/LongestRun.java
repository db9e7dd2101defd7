package dev.slipway.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// The longest that a run may take: what its inputs give each wait, and a margin for all else.
public final class LongestRun {
  /// For everything that no input gives a time: requests, their repetitions, the push. Room for
  /// some ten gigabytes over a slow line.
  static final Duration MARGIN = Duration.ofHours(2);

  private LongestRun() {}

  /// How long a run with these inputs lasts at the most. On the way back it waits once more.
  public static Duration of(Inputs inputs) {
    Duration waits =
        Stream.of(
                inputs.gitOps().map(wanted -> wanted.pullRequest().waitForMerge()),
                inputs.gitOps().flatMap(Inputs.GitOps::argoCd).map(Inputs.ArgoCd::limit),
                inputs.ecs().map(Inputs.EcsService::limit),
                inputs.script().map(Inputs.RemoteScript::limit))
            .flatMap(Optional::stream)
            .reduce(Duration.ZERO, Duration::plus);
    boolean rollsBack =
        inputs.operation() instanceof Operation.Deploy(boolean onFailure) && onFailure;
    return MARGIN.plus(waits.multipliedBy(rollsBack ? 2 : 1));
  }
}
