package dev.slipway.container;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What a step left behind.
///
/// @param exitCode of the container; not 0: the step failed
/// @param log the lines of both streams
/// @param duration from the start of `docker run` to its end
public record StepResult(
    int exitCode, List<String> log, Duration duration, FileCommands fileCommands) {
  public StepResult {
    log = List.copyOf(log);
  }

  /// The log as a person sees it on the run's page.
  public String shown() {
    return String.join("\n", ShownLog.of(log));
  }

  /// The outputs as the runner reads them.
  ///
  /// @throws IllegalArgumentException when the runner fails the step because of the file
  public Map<String, String> outputs() {
    return fileCommands.pairs("OUTPUT");
  }

  /// The variables for later steps.
  public Map<String, String> variables() {
    return fileCommands.pairs("ENV");
  }

  /// The state for a post step.
  public Map<String, String> state() {
    return fileCommands.pairs("STATE");
  }

  /// The additions to the search path of later steps, a line each.
  public String path() {
    return fileCommands.text("PATH");
  }

  /// The step summary, in Markdown.
  ///
  /// @throws IllegalArgumentException with the runner's own words where it drops the summary
  ///   (CreateStepSummaryCommand, FileCommandManager.cs)
  public String summary() {
    String summary = fileCommands.text("STEP_SUMMARY");
    int kilobytes = summary.getBytes(StandardCharsets.UTF_8).length / 1024;
    if (kilobytes >= 1024) {
      throw new IllegalArgumentException(
          "$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got %dk"
              .formatted(kilobytes));
    }
    return summary;
  }
}
