package dev.slipway.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the runner reads in an output file: the judge of everything written there.
///
/// Follows the runner's
/// [FileCommandManager](https://github.com/actions/runner/blob/v2.328.0/src/Runner.Worker/FileCommandManager.cs):
/// on Linux only a line feed ends a line.
final class RunnerFileParser {
  private RunnerFileParser() {}

  /// The outputs by name, in order; a later one of the same name wins.
  static Map<String, String> outputs(Path file) {
    Map<String, String> outputs = new LinkedHashMap<>();
    Deque<String> lines = new ArrayDeque<>(Arrays.asList(text(file).split("\n", -1)));
    while (!lines.isEmpty()) {
      String line = lines.removeFirst();
      int equals = line.indexOf('=');
      int heredoc = line.indexOf("<<");
      if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
        outputs.put(line.substring(0, equals), line.substring(equals + 1));
      } else if (heredoc > 0) {
        outputs.put(line.substring(0, heredoc), value(lines, line.substring(heredoc + 2)));
      } else if (!line.isEmpty()) {
        throw new IllegalStateException("the runner fails the step: " + line);
      }
    }
    return outputs;
  }

  private static String value(Deque<String> lines, String delimiter) {
    StringBuilder value = new StringBuilder();
    while (!lines.getFirst().equals(delimiter)) {
      value.append(value.isEmpty() ? "" : "\n").append(lines.removeFirst());
    }
    lines.removeFirst();
    return value.toString();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
