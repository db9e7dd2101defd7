package dev.slipway.values;

import java.util.regex.Pattern;

/// What a YAML scalar without quotes is read as. No single parser is asked: a value counts as text
/// only when none of the YAML 1.1 and 1.2 parsers in use (go-yaml 2 and 3, PyYAML, SnakeYAML,
/// SnakeYAML Engine, js-yaml) takes it for anything else.
final class PlainScalars {
  /// [Null](https://yaml.org/type/null.html), [bool](https://yaml.org/type/bool.html),
  /// [value](https://yaml.org/type/value.html) and [merge](https://yaml.org/type/merge.html).
  private static final Pattern WORD =
      Pattern.compile("|~|null|true|false|yes|no|on|off|y|n|=|<<", Pattern.CASE_INSENSITIVE);

  /// go-yaml drops every `_` before it looks, so one may stand anywhere: `0_x1F` is 31.
  private static final Pattern DECIMAL =
      Pattern.compile(
          "(?=[-+.0-9])[-+]?_*+(?:[0-9][0-9_]*+(?:\\.[0-9_]*+)?|\\.[0-9_]++)(?:[eE]_*+[-+]?[0-9_]++)?");

  /// The second sign is go-yaml's, which reads `0b-1` as -1.
  private static final Pattern PREFIXED =
      Pattern.compile(
          "(?=[-+0-9])[-+]?_*+0_*+(?:[xX][0-9a-fA-F_]++|[oO](?:_*+[-+])?+[0-7_]++|[bB](?:_*+[-+])?+[01_]++)");

  private static final Pattern INFINITE =
      Pattern.compile("[-+]?\\.(?:inf|nan)", Pattern.CASE_INSENSITIVE);

  /// YAML 1.1 knows numbers to the base of 60: `190:20:30`.
  private static final Pattern SEXAGESIMAL =
      Pattern.compile("[-+]?[0-9][0-9_]*+(?::[0-5]?[0-9])++(?:\\.[0-9_]*+)?");

  /// [Timestamp](https://yaml.org/type/timestamp.html), with the liberties that parsers take.
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
              + "(?:(?:[Tt]|[ \\t]++)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:[.,][0-9]*+)?"
              + "(?:[ \\t]*+(?:[Zz]|[-+][0-9]{1,2}(?::?[0-9]{2})?))?)?");

  private static final String FIRST_CHAR_MEANS_SOMETHING = ",[]{}#&*!|>'\"%@`?:";

  private PlainScalars() {}

  /// Whether every parser reads `plain` as a text.
  static boolean isText(String plain) {
    return !WORD.matcher(plain).matches()
        && !DECIMAL.matcher(plain).matches()
        && !PREFIXED.matcher(plain).matches()
        && !INFINITE.matcher(plain).matches()
        && !SEXAGESIMAL.matcher(plain).matches()
        && !TIMESTAMP.matcher(plain).matches();
  }

  /// Whether `value` can stand in a file without quotes and be read back as the same characters.
  ///
  /// @param value without line breaks and control characters
  /// @param flow whether it would stand between braces or brackets
  static boolean isWritable(String value, boolean flow) {
    return !value.isEmpty()
        && value.equals(value.strip())
        && FIRST_CHAR_MEANS_SOMETHING.indexOf(value.charAt(0)) < 0
        && !isDashAlone(value)
        && !value.startsWith("---")
        && !value.startsWith("...")
        && !value.contains(": ")
        && !value.endsWith(":")
        && !value.contains(" #")
        && !(flow && holdsFlowIndicator(value));
  }

  private static boolean isDashAlone(String value) {
    return value.equals("-") || value.startsWith("- ");
  }

  /// The question mark ends a plain scalar for go-yaml and PyYAML only.
  private static boolean holdsFlowIndicator(String value) {
    return value.chars().anyMatch(c -> ",[]{}?".indexOf(c) >= 0) || value.startsWith("-");
  }
}
