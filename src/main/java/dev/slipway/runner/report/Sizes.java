package dev.slipway.runner.report;

import java.util.Locale;

/// Numbers as a person reads them.
final class Sizes {
  private Sizes() {}

  /// `812 bytes`, `1.5 kB`, `75.2 MB`; decimal units.
  static String bytes(long bytes) {
    if (bytes < 1000) {
      return counted((int) bytes, "byte");
    }
    double value = bytes;
    int unit = 0;
    // 999.95 would be shown as 1000.0.
    while (value >= 999.95) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %sB", value, " kMGTPE".charAt(unit));
  }

  /// `1 layer`, `10 layers`.
  static String counted(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
