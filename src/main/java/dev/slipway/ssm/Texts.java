package dev.slipway.ssm;

import dev.slipway.problem.OneLine;
import java.util.List;

/// How what Systems Manager and its machines say is quoted.
final class Texts {
  private static final int LONGEST = 300;

  private Texts() {}

  static String line(String text) {
    return OneLine.of(text, LONGEST);
  }

  /// The last lines that say anything.
  static List<String> last(int most, String text) {
    List<String> lines = text.lines().map(Texts::line).filter(line -> !line.isEmpty()).toList();
    return lines.subList(Math.max(0, lines.size() - most), lines.size());
  }
}
