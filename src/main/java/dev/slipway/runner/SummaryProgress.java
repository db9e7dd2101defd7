package dev.slipway.runner;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.delivery.Outcome;
import dev.slipway.delivery.Plan;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.Report;
import dev.slipway.delivery.Rollout;
import dev.slipway.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// The step summary: what was delivered, what changed, what remains to be done, and, when the step
/// is red, how far it came.
public final class SummaryProgress implements Progress {
  private final StepSummary summary;
  private final InstantSource clock;
  private final List<String> timings = new ArrayList<>();
  private final List<Consumer<SummaryPage>> warnings = new ArrayList<>();
  private Instant since;
  private Optional<Plan> plan = Optional.empty();
  private Optional<Pushed> pushed = Optional.empty();
  private Rollout rollout = new Rollout.NotRequested();

  public SummaryProgress(StepSummary summary, InstantSource clock) {
    this.summary = summary;
    this.clock = clock;
    this.since = clock.instant();
  }

  @Override
  public void planned(Plan plan) {
    this.plan = Optional.of(plan);
    time("plan");
  }

  @Override
  public void pushing(Plan plan) {
    // The plan is known already.
  }

  @Override
  public void pushed(Plan plan, Pushed pushed) {
    this.pushed = Optional.of(pushed);
    time("push");
  }

  @Override
  public void rolledOut(Rollout rollout) {
    this.rollout = rollout;
    if (!(rollout instanceof Rollout.NotRequested)) {
      time("GitOps");
    }
  }

  private void time(String stage) {
    Instant now = clock.instant();
    double seconds = Duration.between(since, now).toMillis() / 1000.0;
    timings.add(String.format(Locale.ROOT, "%s %.1f s", stage, seconds));
    since = now;
  }

  @Override
  public void waiting(String where, String state) {
    // Only how a wait ends belongs on the page.
  }

  @Override
  public void warning(String what, String fix) {
    warnings.add(page -> page.warning(what, fix));
  }

  @Override
  public void finished(Report report) {
    SummaryPage page = new SummaryPage(summary.markdown());
    page.paragraph(OutcomeText.of(report));
    warnings.forEach(warning -> warning.accept(page));
    page.image(report.plan(), pushed);
    page.changes(report);
    page.pullRequest(report.rollout());
    pushed.ifPresent(known -> page.paragraph("Blobs", ImageText.blobs(known)));
    page.paragraph("Next", next(report));
    page.paragraph("Time", String.join(", ", timings));
    summary.append(page.toString());
  }

  private static String next(Report report) {
    if (report.outcome() == Outcome.PLANNED) {
      return "run it without dry-run.";
    }
    return switch (report.rollout()) {
      case Rollout.PullRequestOpen open -> MergeText.next(open.merge());
      case Rollout.NotRequested _, Rollout.AlreadyUpToDate _, Rollout.Committed _ ->
          "nothing; it is done.";
    };
  }

  /// The page of a run that failed.
  public void stopped(List<Problem> problems) {
    SummaryPage page = new SummaryPage(summary.markdown());
    page.paragraph("The step stopped.");
    problems.forEach(page::problem);
    warnings.forEach(warning -> warning.accept(page));
    plan.ifPresentOrElse(
        known -> {
          page.image(known, pushed);
          page.pullRequest(rollout);
          page.paragraph(reached());
        },
        () -> page.paragraph("Nothing was written anywhere."));
    summary.append(page.toString());
  }

  private String reached() {
    return "%s %s Running the job again is safe: what is done is not done twice."
        .formatted(
            pushed.isPresent()
                ? "The image is in the registry."
                : "No image is known to be pushed completely.",
            written(rollout));
  }

  private static String written(Rollout rollout) {
    return switch (rollout) {
      case Rollout.PullRequestOpen _ -> "The pull request is there.";
      case Rollout.Committed(var branch, var commit, var _) ->
          "The branch %s has commit %s.".formatted(branch, commit.shortened(7));
      case Rollout.NotRequested _, Rollout.AlreadyUpToDate _ ->
          "Nothing is known to be written to the GitOps repository.";
    };
  }
}
