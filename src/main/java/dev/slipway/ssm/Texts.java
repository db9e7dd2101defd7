package dev.slipway.ssm;

import java.util.List;
import java.util.regex.Pattern;

/// How the words of others are quoted: on one line, and cut to a readable length.
final class Texts {
  private static final int LONGEST = 300;
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\s]+");

  private Texts() {}

  static String line(String text) {
    String line = CONTROL.matcher(text).replaceAll(" ").strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }

  /// The last lines that say anything.
  static List<String> last(int most, String text) {
    List<String> lines = text.lines().map(Texts::line).filter(line -> !line.isEmpty()).toList();
    return lines.subList(Math.max(0, lines.size() - most), lines.size());
  }
}
