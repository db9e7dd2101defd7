package dev.slipway.delivery;

import java.util.Locale;

/// What a green run came to.
public enum Outcome {
  /// The deployment moved, or the image was pushed and no deploy target was asked for.
  DEPLOYED,
  /// A pull request waits.
  PENDING,
  /// Everything was there already; nothing was written.
  UNCHANGED,
  /// A newer delivery is there, and was left alone.
  SUPERSEDED,
  /// The deployment is where it was before.
  ROLLED_BACK,
  /// A dry run.
  PLANNED;

  /// The output's value, e.g. `deployed`.
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
