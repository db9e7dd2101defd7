package dev.slipway.runner;

import java.util.Locale;

/// Reasons and advice as sentences, however their writers began and ended them.
final class Sentence {
  private Sentence() {}

  static String of(String text) {
    if (text.isEmpty()) {
      return text;
    }
    String begun = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    char last = begun.charAt(begun.length() - 1);
    boolean open = Character.isLetterOrDigit(last) || "`)]".indexOf(last) >= 0;
    return open && !begun.contains("\n") ? begun + "." : begun;
  }
}
