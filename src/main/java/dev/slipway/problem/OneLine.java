package dev.slipway.problem;

import java.util.regex.Pattern;

/// How the words of others are quoted: on one line, and cut to a readable length.
public final class OneLine {
  private static final Pattern GAP = Pattern.compile("[\\p{Cntrl}\\s]+");

  private OneLine() {}

  /// A text with one blank in place of every break, whatever its length.
  public static String of(String text) {
    return GAP.matcher(text).replaceAll(" ").strip();
  }

  /// The same, cut.
  ///
  /// @param most how many characters are left; three dots after them say that there were more
  public static String of(String text, int most) {
    String line = of(text);
    return line.length() <= most ? line : line.substring(0, most) + "...";
  }
}
