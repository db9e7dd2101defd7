package dev.slipway.container;

import dev.slipway.Main;
import dev.slipway.delivery.FakeTicker;
import dev.slipway.delivery.Pace;
import dev.slipway.runner.report.Console;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Runs a step as a call of the real `Main` in this process, which is how a test can be quick. Its
/// waits take no time.
public final class ProcessRunner implements StepRunner {
  private final JobFolders folders;
  private final Duration longestAnswer;

  public ProcessRunner(JobFolders folders) {
    this(folders, Duration.ofMinutes(1));
  }

  /// @param longestAnswer how long a server may take, in real time
  public ProcessRunner(JobFolders folders, Duration longestAnswer) {
    this.folders = folders;
    this.longestAnswer = longestAnswer;
  }

  @Override
  public StepResult run(ContainerStep step) {
    FileCommands fileCommands = new FileCommands(folders.fileCommands());
    Map<String, String> variables = StepEnvironment.of(step, folders, fileCommands);
    Instant start = Instant.now();
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    int exitCode;
    try (Console console = Console.on(log, name -> Optional.ofNullable(variables.get(name)))) {
      exitCode =
          Main.run(
              name -> Optional.ofNullable(variables.get(name)),
              console,
              new Pace(new FakeTicker(), longestAnswer));
    }
    return new StepResult(
        exitCode,
        log.toString(StandardCharsets.UTF_8).lines().toList(),
        Duration.between(start, Instant.now()),
        fileCommands);
  }
}
