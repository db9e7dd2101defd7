package dev.slipway.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.FakeTicker;
import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.Outcome;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.Plan;
import dev.slipway.problem.Problem;
import dev.slipway.runner.GoldenFile;
import dev.slipway.runner.Variables;
import dev.slipway.runner.input.Input;
import dev.slipway.values.FileContent;
import dev.slipway.values.KeyPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests the page of the step: others' texts stay texts, and it never fails the step.
class StepSummaryTest {
  private final Pace pace = Pace.of(new FakeTicker());
  private static final Problem PROBLEM =
      new Problem("The registry refuses", "<img src=x> [link](https://x) |", "call `me`");

  @TempDir Path folder;

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final Variables environment = Variables.ofRun().with(Input.GITOPS_TOKEN, "ghp_s3_cr_3t");
  private Path page = Path.of("");

  @BeforeEach
  void createThePage() throws IOException {
    page = Files.createFile(folder.resolve("summary"));
    environment.with("GITHUB_STEP_SUMMARY", page.toString());
  }

  @Test
  void saysHowFarAFailedRunCame() throws IOException {
    SummaryProgress progress = progress();
    progress.planned(Samples.plan());
    progress.pushed(Samples.image(), Samples.PUSHED);
    Footprint footprint = new Footprint();
    footprint.planned(Samples.plan());
    footprint.pushed(Samples.image(), Samples.PUSHED);

    progress.stopped(List.of(PROBLEM), footprint);

    GoldenFile.assertMatches("progress/stopped-after-the-push/summary.md", Files.readString(page));
  }

  @Test
  void saysThatNothingWasWrittenWhenThereWasNoPlan() throws IOException {
    progress().stopped(List.of(PROBLEM), new Footprint());

    assertThat(Files.readString(page)).contains("Nothing was written anywhere.");
  }

  @Test
  void showsTextsOfOthersAsTheyAre() throws IOException {
    String hostile = "</code>`|\n```\n<script>alert(1)</script> ![x](https://x) @octocat ::error::";
    Plan plan =
        Samples.plan(
            List.of(
                new FileChange(
                    "values.yaml",
                    Optional.of(FileContent.of("a: 1\n````\n")),
                    FileContent.of("a: 2\n````\n"),
                    List.of(new FileChange.Scalar(KeyPath.parse("a"), hostile, "2")))));
    SummaryProgress progress = progress();
    progress.planned(plan);

    progress.finished(Samples.report(plan, List.of(), List.of(), Outcome.PLANNED));

    GoldenFile.assertMatches("progress/hostile-texts/summary.md", Files.readString(page));
  }

  @Test
  void hidesSecretsBeforeAnythingIsEscaped() throws IOException {
    progress()
        .stopped(
            List.of(new Problem("a ghp_s3_cr_3t", "b ghp_s3_cr_3t", "c ghp_s3_cr_3t")),
            new Footprint());

    assertThat(Files.readString(page)).contains("a &#42;&#42;&#42;").doesNotContain("s3", "cr");
  }

  @Test
  void staysBelowTheSizeThatTheRunnerTakes() throws IOException {
    String line = "x".repeat(200) + "\n";
    List<FileChange> changes =
        Collections.nCopies(
            500,
            new FileChange(
                "values.yaml", Optional.empty(), FileContent.of(line.repeat(1000)), List.of()));
    Plan plan = Samples.plan(changes);
    SummaryProgress progress = progress();
    progress.planned(plan);

    progress.finished(Samples.report(plan, List.of(), List.of(), Outcome.PLANNED));

    assertThat(Files.size(page)).isBetween(1000L, 1024L * 1024);
  }

  @Test
  void countsWhatWasAskedAgain() throws IOException {
    pace.retry("registry", Duration.ZERO);
    pace.retry("GitHub", Duration.ZERO);
    pace.retry("GitHub", Duration.ZERO);

    progress().stopped(List.of(PROBLEM), new Footprint());

    assertThat(Files.readString(page)).contains("**Retries:** 3 (GitHub 2, registry 1)");
  }

  @Test
  void aPageThatCannotBeWrittenIsAWarning() throws IOException {
    Files.delete(page);

    progress().stopped(List.of(PROBLEM), new Footprint());

    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("::warning title=The step summary is missing::");
  }

  private SummaryProgress progress() {
    StepSummary summary = StepSummary.in(environment, Console.on(log, environment));
    return new SummaryProgress(summary, () -> Instant.EPOCH, pace);
  }
}
