package dev.slipway.runner.report;

import dev.slipway.runner.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The page that the runner shows for this step, `GITHUB_STEP_SUMMARY`
/// ([form](https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary)).
///
/// It is a courtesy: a run whose work is done does not turn red because of it.
public final class StepSummary {
  // The runner drops a page of more than a mebibyte; older ones one of more than 128 kibibytes.
  private static final int LARGEST = 1000 * 1000;

  private final Optional<Path> path;
  private final Console console;

  private StepSummary(Optional<Path> path, Console console) {
    this.path = path;
    this.console = console;
  }

  /// The page that the environment names, if any.
  public static StepSummary in(Environment environment, Console console) {
    try {
      return new StepSummary(environment.text("GITHUB_STEP_SUMMARY").map(Path::of), console);
    } catch (InvalidPathException e) {
      return new StepSummary(Optional.empty(), console);
    }
  }

  /// How others' texts are written into it.
  Markdown markdown() {
    return new Markdown(console::withoutSecrets);
  }

  /// Appends Markdown.
  void append(String markdown) {
    byte[] bytes = markdown.getBytes(StandardCharsets.UTF_8);
    path.filter(_ -> bytes.length <= LARGEST).ifPresent(file -> append(file, bytes));
  }

  private void append(Path file, byte[] bytes) {
    try {
      if (Files.size(file) + bytes.length <= LARGEST) {
        Files.write(file, bytes, StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      console
          .commands()
          .annotate(
              WorkflowCommands.Level.WARNING,
              "The step summary is missing",
              "`%s` cannot be written. Everything else is done; look at the runner's disk."
                  .formatted(file));
    }
  }
}
