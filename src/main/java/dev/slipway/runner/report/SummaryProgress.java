package dev.slipway.runner.report;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.delivery.LiveCheck;
import dev.slipway.delivery.LiveCheck.LiveApplication;
import dev.slipway.delivery.Outcome;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.Plan;
import dev.slipway.delivery.PlannedImage;
import dev.slipway.delivery.PlannedRelease;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.Releases;
import dev.slipway.delivery.Report;
import dev.slipway.delivery.Rollout;
import dev.slipway.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The step summary: what was delivered, what changed, what remains to be done, and, when the step
/// is red, how far it came.
public final class SummaryProgress implements Progress {
  private final StepSummary summary;
  private final InstantSource clock;
  private final Pace pace;
  private final List<String> timings = new ArrayList<>();
  private final List<Consumer<SummaryPage>> warnings = new ArrayList<>();
  private Instant since;
  private Optional<Plan> plan = Optional.empty();
  private Optional<Releases.Page> release = Optional.empty();
  private final List<PlannedImage> images = new ArrayList<>();
  private final List<Pushed> pushes = new ArrayList<>();
  private final List<Rollout> rollouts = new ArrayList<>();
  private List<LiveApplication> applications = List.of();

  /// @param pace knows how often the run had to ask again
  public SummaryProgress(StepSummary summary, InstantSource clock, Pace pace) {
    this.summary = summary;
    this.clock = clock;
    this.pace = pace;
    this.since = clock.instant();
  }

  @Override
  public void planned(Plan known) {
    // Of a rollback within the run, the page says how it ended.
    plan = plan.or(() -> Optional.of(known));
    time("plan");
  }

  @Override
  public void decided(PlannedRelease release) {
    // The plan says it.
  }

  @Override
  public void tagged(String tagName, boolean made) {
    // How far the run came, says its footprint.
  }

  @Override
  public void published(Releases.Page page) {
    release = Optional.of(page);
    time("release");
  }

  @Override
  public void pushing(PlannedImage image) {
    // The plan is known already.
  }

  @Override
  public void pushed(PlannedImage image, Pushed pushed) {
    images.add(image);
    pushes.add(pushed);
    time(image.component().map(name -> "push of " + name).orElse("push"));
  }

  @Override
  public void rolledOut(Rollout rollout) {
    rollouts.add(rollout);
    time(RolloutText.stage(rollout));
  }

  @Override
  public void settled(Rollout rollout) {
    rollouts.set(rollouts.size() - 1, rollout);
    time("merge");
  }

  @Override
  public void live(LiveCheck.Result.Live live) {
    applications = live.applications();
    time("Argo CD");
  }

  private void time(String stage) {
    Instant now = clock.instant();
    double seconds = Duration.between(since, now).toMillis() / 1000.0;
    timings.add(String.format(Locale.ROOT, "%s %.1f s", stage, seconds));
    since = now;
  }

  @Override
  public void scriptSent(String command) {
    // How far the run came, says its footprint.
  }

  @Override
  public void printed(String machine, String output) {
    // The log has it.
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
    page.images(report.plan());
    release.ifPresent(page::release);
    page.changes(report);
    report.rollouts().forEach(page::pullRequest);
    pushes.forEach(pushed -> page.paragraph("Blobs", ImageText.blobs(pushed)));
    applications.forEach(application -> page.paragraph(LiveText.of(application)));
    page.paragraph("Next", next(report));
    page.paragraph("Time", String.join(", ", timings));
    retries(page);
    summary.append(page.toString());
  }

  /// Who is asked again and again should be known before it fails.
  private void retries(SummaryPage page) {
    Map<String, Integer> retries = pace.retries();
    if (!retries.isEmpty()) {
      page.paragraph(
          "Retries",
          "%d (%s)"
              .formatted(
                  retries.values().stream().mapToInt(Integer::intValue).sum(),
                  retries.entrySet().stream()
                      .map(server -> server.getKey() + " " + server.getValue())
                      .collect(Collectors.joining(", "))));
    }
  }

  private static String next(Report report) {
    if (report.outcome() == Outcome.PLANNED) {
      return "run it without dry-run.";
    }
    return report.rollouts().stream()
        .sorted(Comparator.comparing(Rollout::pending).reversed())
        .map(SummaryProgress::next)
        .findFirst()
        .orElse("nothing; it is done.");
  }

  private static String next(Rollout rollout) {
    return switch (rollout) {
      case Rollout.PullRequestOpen open -> MergeText.next(open.merge());
      case Rollout.AlreadyUpToDate _,
          Rollout.Committed _,
          Rollout.ServiceRuns _,
          Rollout.ScriptRan _ ->
          "nothing; it is done.";
      case Rollout.ServiceSuperseded _ -> "look at the run that took the service.";
      case Rollout.Superseded _ -> "nothing; the newer delivery stays.";
    };
  }

  /// The page of a run that failed.
  ///
  /// @param footprint how far it came
  public void stopped(List<Problem> problems, Footprint footprint) {
    SummaryPage page = new SummaryPage(summary.markdown());
    page.paragraph("The step stopped.");
    problems.forEach(page::problem);
    warnings.forEach(warning -> warning.accept(page));
    plan.ifPresent(known -> {
      page.images(known.with(known.images().stream().map(this::asPushed).toList()));
      release.ifPresent(page::release);
      rollouts.forEach(page::pullRequest);
    });
    page.paragraph(footprint.toString());
    retries(page);
    summary.append(page.toString());
  }

  private PlannedImage asPushed(PlannedImage planned) {
    return images.stream()
        .filter(image -> image.component().equals(planned.component()))
        .filter(image -> image.tags().equals(planned.tags()))
        .findFirst()
        .orElse(planned);
  }
}
