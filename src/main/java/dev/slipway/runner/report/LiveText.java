package dev.slipway.runner.report;

import dev.slipway.delivery.LiveCheck.LiveApplication;

/// An application that runs what was delivered, in one sentence.
final class LiveText {
  private LiveText() {}

  static String of(LiveApplication application) {
    return "Argo CD application %s is live at %s after %d s."
        .formatted(
            application.name(),
            application.revision().shortened(7),
            application.after().toSeconds());
  }
}
