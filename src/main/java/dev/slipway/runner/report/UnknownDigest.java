package dev.slipway.runner.report;

import dev.slipway.delivery.PlannedImage;

/// A digest that only the push brings out, as it is told until then.
final class UnknownDigest {
  private static final String TOLD = "sha256:(known after the push)";

  private UnknownDigest() {}

  /// `text` without the stand-in with which the edit was tried.
  static String told(String text) {
    return text.replace(PlannedImage.NOT_YET_KNOWN.value(), TOLD);
  }
}
