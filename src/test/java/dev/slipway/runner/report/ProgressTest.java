package dev.slipway.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.KeyValueFile;
import dev.slipway.delivery.EcsCluster;
import dev.slipway.delivery.FakeTicker;
import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Operation;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.delivery.Outcome;
import dev.slipway.delivery.Pace;
import dev.slipway.runner.GoldenFile;
import dev.slipway.runner.Variables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Tests of everything that a run leaves behind, as a person and as the runner read it: the log,
/// the outputs and the step summary of each [Scenario] are files in `test-fixtures/progress`.
class ProgressTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @ParameterizedTest
  @EnumSource
  void theLogIsAsExpected(Scenario scenario) {
    scenario.tell(new LogProgress(Console.on(log, Variables.ofRun())));

    GoldenFile.assertMatches(
        "progress/%s/log.txt".formatted(scenario.folder()), log.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource
  void theOutputsAreAsExpected(Scenario scenario) throws IOException {
    Path file = Files.createFile(folder.resolve("output"));
    Variables environment = Variables.ofRun().with("GITHUB_OUTPUT", file.toString());

    scenario.tell(new OutputProgress(OutputFile.in(environment)));

    Map<String, String> outputs = new TreeMap<>(KeyValueFile.parse(Files.readString(file)));
    GoldenFile.assertMatches(
        "progress/%s/outputs.txt".formatted(scenario.folder()),
        outputs.entrySet().stream()
            .map(output -> output.getKey() + "=" + output.getValue().replace("\n", "\\n") + "\n")
            .collect(Collectors.joining()));
  }

  @ParameterizedTest
  @EnumSource
  void everyOutputIsWrittenOnce(Scenario scenario) throws IOException {
    Path file = Files.createFile(folder.resolve("output"));
    Variables environment = Variables.ofRun().with("GITHUB_OUTPUT", file.toString());

    scenario.tell(new OutputProgress(OutputFile.in(environment)));

    assertThat(Files.readString(file).lines().filter(line -> line.contains("<<slipway_")))
        .extracting(line -> line.substring(0, line.indexOf("<<")))
        .doesNotHaveDuplicates()
        .contains("outcome", "changed", "pull-request-operation", "pull-request-state");
  }

  @Test
  void aRunThatEndsWhileItWaitsLeavesThePullRequestAsItStood() throws IOException {
    Path file = Files.createFile(folder.resolve("output"));
    Variables environment = Variables.ofRun().with("GITHUB_OUTPUT", file.toString());

    try (OutputProgress outputs = new OutputProgress(OutputFile.in(environment))) {
      outputs.rolledOut(
          Samples.pullRequest(Operation.CREATED, new Merge.Enabled(MergeMethod.SQUASH)));
    }

    assertThat(KeyValueFile.parse(Files.readString(file)))
        .containsEntry("pull-request-state", "auto-merge")
        .containsEntry("commit-sha", Samples.HEAD.value())
        .doesNotContainKeys("merge-commit-sha", "outcome");
  }

  @Test
  void theOutputsOfADeliveryThatWasTakenBackSayWhatWasTried() throws IOException {
    Path file = Files.createFile(folder.resolve("output"));
    Variables environment = Variables.ofRun().with("GITHUB_OUTPUT", file.toString());

    try (OutputProgress outputs = new OutputProgress(OutputFile.in(environment))) {
      outputs.planned(SampleRollouts.planOfService(new EcsCluster.Next.New("{}")));
      outputs.planned(Samples.planOfRollback());
      outputs.undone(
          Samples.report(Samples.planOfRollback(), List.of(), List.of(), Outcome.ROLLED_BACK));
    }

    assertThat(KeyValueFile.parse(Files.readString(file)))
        .containsEntry("outcome", "rolled-back")
        .containsEntry("rolled-back-to", "1.2.3")
        .hasEntrySatisfying("plan", plan -> assertThat(plan).contains("\"ecs\""));
  }

  @ParameterizedTest
  @EnumSource
  void theStepSummaryIsAsExpected(Scenario scenario) throws IOException {
    Path file = Files.createFile(folder.resolve("summary"));
    Variables environment = Variables.ofRun().with("GITHUB_STEP_SUMMARY", file.toString());
    StepSummary summary = StepSummary.in(environment, Console.on(log, environment));

    scenario.tell(new SummaryProgress(summary, everyCallASecondLater(), Pace.of(new FakeTicker())));

    GoldenFile.assertMatches(
        "progress/%s/summary.md".formatted(scenario.folder()), Files.readString(file));
  }

  private static InstantSource everyCallASecondLater() {
    int[] calls = {0};
    return () -> Instant.ofEpochSecond(calls[0]++);
  }
}
