package dev.slipway.runner.report;

import dev.slipway.runner.Blanks;
import java.util.stream.Collectors;

/// Text made harmless for the log: nothing in it can be read as a workflow command, and nothing in
/// it is invisible.
///
/// The runner takes a line for a command when it begins, after white space, with `::name`, and also
/// when `##[name` stands anywhere in it
/// ([source](https://github.com/actions/runner/blob/v2.328.0/src/Runner.Common/ActionCommand.cs)).
/// It compares by the rules of a language, which pass over characters without weight; so those are
/// spelled out too.
final class SafeText {
  private SafeText() {}

  /// Several lines, each made harmless.
  static String block(String text) {
    return text.lines().map(SafeText::line).collect(Collectors.joining("\n"));
  }

  /// One line, without its line feed. A carriage return at its end is dropped, elsewhere shown.
  static String line(String line) {
    String content = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    return withoutCommands(visible(content));
  }

  private static String withoutCommands(String line) {
    String harmless = line.replace("##[", "##\\[");
    int start = 0;
    while (start < harmless.length() && Blanks.isBlank(harmless.charAt(start))) {
      start++;
    }
    return harmless.startsWith("::", start)
        ? harmless.substring(0, start) + "\\" + harmless.substring(start)
        : harmless;
  }

  private static String visible(String line) {
    int[] points = line.codePoints().toArray();
    StringBuilder visible = new StringBuilder(line.length());
    for (int i = 0; i < points.length; i++) {
      int previous = i == 0 ? ' ' : points[i - 1];
      int next = i == points.length - 1 ? ' ' : points[i + 1];
      if (isUnsafe(points[i]) && !isPartOfEmoji(previous, points[i], next)) {
        visible.append(escaped(points[i]));
      } else {
        visible.appendCodePoint(points[i]);
      }
    }
    return visible.toString();
  }

  private static boolean isUnsafe(int point) {
    return point != '\t'
        && switch (Character.getType(point)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SURROGATE ->
              true;
          default -> isVariationSelector(point) || point == 0x034F;
        };
  }

  private static boolean isVariationSelector(int point) {
    return (point >= 0xFE00 && point <= 0xFE0F)
        || (point >= 0xE0100 && point <= 0xE01EF)
        || (point >= 0x180B && point <= 0x180F);
  }

  /// Joiners and variation selectors stay between characters that no command is made of; `#`,
  /// digits and `*` take one before the key cap.
  private static boolean isPartOfEmoji(int previous, int point, int next) {
    int keyCap = 0x20E3;
    return switch (point) {
      case 0x200D -> previous > 0x7F && next > 0x7F;
      case 0xFE0E, 0xFE0F -> previous > 0x7F || next == keyCap;
      default -> false;
    };
  }

  private static String escaped(int point) {
    return switch (point) {
      case '\r' -> "\\r";
      case '\n' -> "\\n";
      default -> point > 0xFFFF ? "\\U%08x".formatted(point) : "\\u%04x".formatted(point);
    };
  }
}
