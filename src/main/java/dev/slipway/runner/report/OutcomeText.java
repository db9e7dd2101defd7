package dev.slipway.runner.report;

import dev.slipway.delivery.Report;
import dev.slipway.delivery.Rollout;
import dev.slipway.version.ReleaseDecision;
import dev.slipway.version.ResolvedVersion;
import java.util.List;
import java.util.stream.Stream;

/// How the run ended, in one sentence.
final class OutcomeText {
  private static final String NO_IMAGE = "the deployment";

  private OutcomeText() {}

  static String of(Report report) {
    String image = subject(report);
    return switch (report.outcome()) {
      case DEPLOYED -> deployed(report, image);
      case PENDING -> "Pending: the pull request for %s is not merged yet.".formatted(image);
      case ROLLED_BACK ->
          "Rolled back: %s; %s is in service again."
              .formatted(
                  report.plan().rollback().map(RollbackText::way).orElse("to the state before"),
                  image);
      case UNCHANGED -> "Unchanged: everything was as it should be; nothing was written.";
      case SUPERSEDED -> superseded(report);
      case PLANNED -> "Planned: this was a dry run; nothing was written anywhere.";
    };
  }

  private static String superseded(Report report) {
    String newer =
        report.rollouts().stream()
            .flatMap(OutcomeText::newer)
            .findFirst()
            .or(() -> report.plan().superseded().map(ReleaseDecision::why))
            .orElse("a newer delivery stays");
    boolean byCommit = report.rollouts().stream().anyMatch(Rollout.Superseded.class::isInstance);
    return "Superseded: %s; %s.%s"
        .formatted(
            newer,
            report.changed() ? "it stays" : "nothing was written",
            byCommit ? " To go back on purpose, use `operation: rollback`." : "");
  }

  private static Stream<String> newer(Rollout rollout) {
    return switch (rollout) {
      case Rollout.Superseded(var by, var _) -> Stream.of(by);
      case Rollout.ServiceSuperseded _ ->
          Stream.of("another deployment took the ECS service before this one was live");
      case Rollout.AlreadyUpToDate _,
          Rollout.Committed _,
          Rollout.PullRequestOpen _,
          Rollout.ServiceRuns _,
          Rollout.ScriptRan _ ->
          Stream.empty();
    };
  }

  private static String deployed(Report report, String image) {
    if (report.rollouts().isEmpty() && image.equals(NO_IMAGE)) {
      return "Done: %s is released."
          .formatted(report.plan().version().map(ResolvedVersion::text).orElse("the commit"));
    }
    if (report.rollouts().isEmpty()) {
      return "Done: %s is in the registry.".formatted(image);
    }
    if (report.rollouts().stream().anyMatch(Rollout.ScriptRan.class::isInstance)) {
      return "Deployed: the script has brought %s to its machines.".formatted(image);
    }
    return report.rollouts().stream().anyMatch(Rollout.ServiceRuns.class::isInstance)
        ? "Deployed: the ECS service runs %s.".formatted(image)
        : "Deployed: the GitOps repository says %s.".formatted(image);
  }

  private static String subject(Report report) {
    List<String> references =
        report.plan().images().stream()
            .flatMap(image -> image.reference().stream())
            .map(Object::toString)
            .toList();
    return switch (references.size()) {
      case 0 -> NO_IMAGE;
      case 1 -> references.getFirst();
      default -> "the %d images".formatted(references.size());
    };
  }
}
