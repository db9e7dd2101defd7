package dev.slipway.container;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The content of `GITHUB_OUTPUT`, `GITHUB_ENV` or `GITHUB_STATE`, read by a port of the runner's
/// `EnvFileKeyValuePairs` (FileCommandManager.cs), so that a quirk of the runner is a quirk here.
public final class KeyValueFile {
  private final String text;
  private int index;
  private boolean lineEnded;

  private KeyValueFile(String text) {
    this.text = text;
  }

  /// The pairs in the order of the file; a later pair replaces an earlier one of the same name.
  ///
  /// @throws IllegalArgumentException with the runner's own words where the runner fails the step
  public static Map<String, String> parse(String text) {
    return new KeyValueFile(text).pairs();
  }

  private Map<String, String> pairs() {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String line = readLine(); line != null; line = readLine()) {
      if (!line.isEmpty()) {
        readPair(line, pairs);
      }
    }
    return pairs;
  }

  private void readPair(String line, Map<String, String> pairs) {
    int equals = line.indexOf('=');
    int heredoc = line.indexOf("<<");
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      pairs.put(line.substring(0, equals), line.substring(equals + 1));
    } else if (heredoc >= 0) {
      String name = line.substring(0, heredoc);
      String delimiter = line.substring(heredoc + 2);
      if (name.isEmpty() || delimiter.isEmpty()) {
        throw new IllegalArgumentException(
            "Invalid format '%s'. Name must not be empty and delimiter must not be empty"
                .formatted(line));
      }
      pairs.put(name, readValue(delimiter));
    } else {
      throw new IllegalArgumentException("Invalid format '%s'".formatted(line));
    }
  }

  private String readValue(String delimiter) {
    int start = index;
    int end = index;
    for (String line = readLine(); !Objects.equals(line, delimiter); line = readLine()) {
      if (line == null) {
        throw new IllegalArgumentException(
            "Invalid value. Matching delimiter not found '%s'".formatted(delimiter));
      }
      if (!lineEnded) {
        throw new IllegalArgumentException("Invalid value. EOF marker missing new line.");
      }
      end = index - 1;
    }
    return text.substring(start, Math.max(start, end));
  }

  /// The next line without its end, or null after the last; a carriage return is part of the line.
  private @Nullable String readLine() {
    if (index >= text.length()) {
      lineEnded = false;
      return null;
    }
    int start = index;
    int lineFeed = text.indexOf('\n', index);
    lineEnded = lineFeed >= 0;
    int end = lineEnded ? lineFeed : text.length();
    index = lineEnded ? lineFeed + 1 : end;
    return text.substring(start, end);
  }
}
