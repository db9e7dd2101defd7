package dev.slipway.values;

import java.util.List;
import java.util.regex.Pattern;

/// One step of a key path, from a mapping or a sequence to something in it.
sealed interface KeySegment {
  /// Into a mapping: `tag`.
  record Key(String name) implements KeySegment {
    /// What needs no quotes.
    static final Pattern BARE = Pattern.compile("[^.\\[\\]\"'\\s\\p{Cntrl}]+");

    @Override
    public String toString() {
      return BARE.matcher(name).matches() ? name : quoted(name);
    }
  }

  /// Into a sequence, counted from 0: `[0]`.
  record Index(int index) implements KeySegment {
    @Override
    public String toString() {
      return "[" + index + "]";
    }
  }

  /// To the one element of a sequence that holds `value` at `key`: `[name=api]`.
  record Match(String key, String value) implements KeySegment {
    /// What needs no quotes before the `=`.
    static final Pattern BARE_KEY = Pattern.compile("[^=\\[\\]\"'\\s\\p{Cntrl}]+");

    /// What needs no quotes after it.
    static final Pattern BARE_VALUE = Pattern.compile("[^\\]\"'\\s\\p{Cntrl}]+");

    @Override
    public String toString() {
      return "["
          + (BARE_KEY.matcher(key).matches() ? key : quoted(key))
          + "="
          + (BARE_VALUE.matcher(value).matches() ? value : quoted(value))
          + "]";
    }
  }

  /// The segments in a row, as in a key path.
  static String joined(List<? extends KeySegment> segments) {
    StringBuilder path = new StringBuilder();
    for (KeySegment segment : segments) {
      path.append(segment instanceof Key && !path.isEmpty() ? "." : "").append(segment);
    }
    return path.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
