package dev.slipway.runner.report;

import dev.slipway.delivery.GitOpsRepository.Merge;
import java.util.Locale;

/// What becomes of the pull request, in one sentence.
final class MergeText {
  private MergeText() {}

  static String of(Merge merge) {
    return switch (merge) {
      case Merge.Off _ -> "It waits for somebody to merge it.";
      case Merge.Enabled(var method, var _) ->
          "GitHub merges it (%s) when the rules of the base branch are met."
              .formatted(method.name().toLowerCase(Locale.ROOT));
      case Merge.Merged(var commit) -> "It is merged as %s.".formatted(commit.shortened(7));
      case Merge.Queued _ -> "It is in the merge queue.";
      case Merge.Outdated(var why) -> "It is not merged: %s.".formatted(why);
      case Merge.Unavailable(var why, var _) ->
          "It waits for somebody to merge it: %s.".formatted(why);
    };
  }

  /// What is left to do.
  static String next(Merge merge) {
    return switch (merge) {
      case Merge.Off _ -> "merge the pull request.";
      case Merge.Enabled _ -> "reviews and checks of the pull request; then GitHub merges it.";
      case Merge.Merged _ -> "nothing; it is merged.";
      case Merge.Queued _ -> "nothing; the merge queue merges it.";
      case Merge.Outdated _ -> "run the step again; it makes the change anew on the present base.";
      case Merge.Unavailable(var why, var fix) ->
          "merge the pull request: %s. %s".formatted(why, Sentence.of(fix));
    };
  }
}
