package dev.slipway.values;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Converts a count of code points, which the YAML parser's marks are, into an index of a [String],
/// which counts an emoji twice.
final class CodePoints {
  /// The code points that take two chars, each as its own count from the start, ascending.
  private final int[] wide;

  CodePoints(String text) {
    int[] all = text.codePoints().toArray();
    this.wide =
        IntStream.range(0, all.length)
            .filter(i -> Character.isSupplementaryCodePoint(all[i]))
            .toArray();
  }

  int charIndex(int codePoints) {
    int found = Arrays.binarySearch(wide, codePoints);
    int wideBefore = found < 0 ? -found - 1 : found;
    return codePoints + wideBefore;
  }
}
