package dev.slipway.values;

import java.util.Optional;
import java.util.regex.Pattern;

/// What is asked of a text that is to become a value, in whatever format.
final class NewValue {
  private static final int MAX_LENGTH = 10_000;

  /// What breaks a line for some reader, or is not a character: controls, the Unicode line and
  /// paragraph separators, byte order marks, halves of surrogate pairs.
  private static final Pattern NOT_ONE_LINE =
      Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\uFEFF\\uFFFE\\uFFFF]");

  private NewValue() {}

  /// Why `value` is no good value; empty when it is one.
  static Optional<String> objection(String value) {
    if (value.length() > MAX_LENGTH) {
      return Optional.of(
          "it has %,d characters; %,d are allowed".formatted(value.length(), MAX_LENGTH));
    }
    if (NOT_ONE_LINE.matcher(value).find()) {
      return Optional.of("it holds a line break or a control character");
    }
    if (Expressions.holdsTemplate(value)) {
      return Optional.of("it holds a template expression, `{{ ... }}`, instead of a text");
    }
    if (Expressions.holdsVariable(value)) {
      return Optional.of("it holds a variable, `${...}`, instead of a text");
    }
    return Optional.empty();
  }
}
