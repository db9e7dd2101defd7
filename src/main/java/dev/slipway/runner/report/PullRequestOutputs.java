package dev.slipway.runner.report;

import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.Rollout;
import java.util.Locale;
import java.util.Optional;

/// The outputs about the pull request. How it stands is written once, when nothing changes it any
/// more.
final class PullRequestOutputs implements AutoCloseable {
  private final WrittenOutputs outputs;

  /// One that a wait may still change.
  private Optional<Rollout.PullRequestOpen> open = Optional.empty();

  PullRequestOutputs(WrittenOutputs outputs) {
    this.outputs = outputs;
  }

  void none() {
    outputs.write(Output.PULL_REQUEST_OPERATION, "none");
    outputs.write(Output.PULL_REQUEST_STATE, "none");
  }

  void made(Rollout.PullRequestOpen made) {
    outputs.write(
        Output.PULL_REQUEST_NUMBER, String.valueOf(made.proposed().pullRequest().number()));
    outputs.write(Output.PULL_REQUEST_URL, made.proposed().pullRequest().url().toString());
    outputs.write(
        Output.PULL_REQUEST_OPERATION, made.proposed().operation().name().toLowerCase(Locale.ROOT));
  }

  /// Notes how it stands; nothing follows a merge.
  void stands(Rollout.PullRequestOpen now) {
    open = Optional.of(now);
    if (!now.pending()) {
      close();
    }
  }

  /// Writes how it was left. To be called however the run ends.
  @Override
  public void close() {
    open.ifPresent(left -> {
      outputs.write(Output.PULL_REQUEST_STATE, state(left.merge()));
      outputs.write(Output.COMMIT_SHA, left.proposed().head().value());
      if (left.merge() instanceof Merge.Merged merged) {
        outputs.write(Output.MERGE_COMMIT_SHA, merged.commit().value());
      }
    });
    open = Optional.empty();
  }

  private static String state(Merge merge) {
    return switch (merge) {
      case Merge.Off _, Merge.Outdated _, Merge.Unavailable _ -> "open";
      case Merge.Enabled _ -> "auto-merge";
      case Merge.Merged _ -> "merged";
      case Merge.Queued _ -> "queued";
    };
  }
}
