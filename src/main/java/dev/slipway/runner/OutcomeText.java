package dev.slipway.runner;

import dev.slipway.delivery.Report;
import dev.slipway.delivery.Rollout;

/// How the run ended, in one sentence.
final class OutcomeText {
  private OutcomeText() {}

  static String of(Report report) {
    String image = report.plan().image().map(Object::toString).orElse("the deployment");
    return switch (report.outcome()) {
      case DEPLOYED -> deployed(report, image);
      case PENDING -> "Pending: the pull request for %s is not merged yet.".formatted(image);
      case UNCHANGED -> "Unchanged: everything was as it should be; nothing was written.";
      case PLANNED -> "Planned: this was a dry run; nothing was written anywhere.";
    };
  }

  private static String deployed(Report report, String image) {
    return switch (report.rollout()) {
      case Rollout.NotRequested _ -> "Done: %s is in the registry.".formatted(image);
      case Rollout.AlreadyUpToDate _, Rollout.Committed _, Rollout.PullRequestOpen _ ->
          "Deployed: the GitOps repository says %s.".formatted(image);
    };
  }
}
