package dev.slipway.runner.report;

import java.util.Locale;
import java.util.regex.Pattern;

/// Reasons and advice as sentences, however their writers began and ended them.
final class Sentence {
  // A host or a class name stays as it is.
  private static final Pattern WORD = Pattern.compile("[a-z]+[ ,]");

  // An example of several lines ends as it does.
  private static final Pattern OPEN_END = Pattern.compile(".*[\\p{Alnum}`)\\]]");

  private Sentence() {}

  static String of(String text) {
    String begun =
        WORD.matcher(text).lookingAt()
            ? text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1)
            : text;
    return OPEN_END.matcher(begun).matches() ? begun + "." : begun;
  }
}
