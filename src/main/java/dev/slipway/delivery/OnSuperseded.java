package dev.slipway.delivery;

/// What a run does that finds a newer delivery.
public enum OnSuperseded {
  /// It writes nothing and is green.
  SKIP,
  /// It writes nothing and is red.
  FAIL
}
