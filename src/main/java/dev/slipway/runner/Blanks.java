package dev.slipway.runner;

/// What counts as blank around a text: what JavaScript's `trim` removes, because the inputs of most
/// actions are read by it. Java's `strip` keeps the no-break space and the byte order mark.
public final class Blanks {
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private Blanks() {}

  public static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  public static boolean isBlank(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || character == BYTE_ORDER_MARK;
  }
}
