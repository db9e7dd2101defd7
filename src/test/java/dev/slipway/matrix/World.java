package dev.slipway.matrix;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.JobFolders;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// One of the systems that Slipway replaces, with everything it meets.
///
/// @param step of its own workflow
/// @param end what the servers hold
/// @param stops stop its servers, the first one first
record World(Wire wire, JobFolders folders, ContainerStep step, End end, List<Runnable> stops)
    implements AutoCloseable {
  // Ports are another each time.
  private static final String PORT = "127\\.0\\.0\\.1:[0-9]+";

  /// What a run left behind.
  ///
  /// @param holdings of each server, as text
  /// @param scripts how often a script was sent
  record End(List<Supplier<String>> holdings, Supplier<Integer> scripts) {
    @Override
    public String toString() {
      return String.join("\n", holdings.stream().map(Supplier::get).toList())
          .replaceAll(PORT, "127.0.0.1");
    }
  }

  /// Runs the step.
  ///
  /// @param longestAnswer how long a server may take
  StepResult run(Duration longestAnswer) {
    return new ProcessRunner(folders, longestAnswer).run(step);
  }

  @Override
  public void close() {
    wire.close();
    stops.forEach(Runnable::run);
  }
}
