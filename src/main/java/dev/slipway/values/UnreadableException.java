package dev.slipway.values;

/// A text that is not what its format asks for, or not safe to read.
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String fix;

  /// @param line counted from 1; 0 when it is not known
  /// @param why may quote the text
  UnreadableException(int line, String why, String fix) {
    super((line == 0 ? "" : "line " + line + ": ") + Names.onOneLine(why));
    this.fix = fix;
  }

  /// With the line, where it is known.
  String why() {
    return String.valueOf(getMessage());
  }

  String fix() {
    return fix;
  }
}
