package dev.slipway.runner.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fuzz.Material;
import dev.slipway.problem.ActionException;
import dev.slipway.runner.RecordedWarnings;
import dev.slipway.runner.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/// Reads any environment with any event file: a run that can begin, or problems.
public final class StepEnvironmentFuzz {
  private StepEnvironmentFuzz() {}

  /// Called by the fuzzer.
  ///
  /// @param input variables, `NAME=value` a line, an empty line, then the event file. `\n` in a
  ///   value is a line break
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Path workspace = Files.createTempDirectory("slipway-fuzz-").toRealPath();
    Path event = workspace.resolve("event.json");
    try {
      Material material = new Material(input);
      Variables environment = variables(material).inWorkspace(workspace);
      Files.write(event, material.rest());
      environment.with("GITHUB_EVENT_PATH", event.toString());
      readOrRefuse(() -> new RunContextReader(environment).read());
      readOrRefuse(() -> new InputReader(environment, new RecordedWarnings()).read());
    } finally {
      Files.delete(event);
      Files.delete(workspace);
    }
  }

  private static Variables variables(Material material) {
    Variables environment = Variables.ofRun();
    for (String line = material.line(); !line.isEmpty(); line = material.line()) {
      int equals = line.indexOf('=');
      // The system has no variable with a zero byte in it.
      if (equals > 0 && line.indexOf('\0') < 0) {
        environment.with(
            line.substring(0, equals), line.substring(equals + 1).replace("\\n", "\n"));
      }
    }
    return environment;
  }

  private static void readOrRefuse(Supplier<?> reading) {
    try {
      assertThat(reading.get()).asString().isNotEmpty();
    } catch (ActionException refused) {
      assertThat(refused.problems()).isNotEmpty();
    }
  }
}
