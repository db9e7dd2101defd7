package dev.slipway.runner.input;

import dev.slipway.delivery.OnSuperseded;

/// The input `on-superseded`, which counts for releases and for deployments.
final class SupersededInput {
  private SupersededInput() {}

  /// What it says; with a problem, its default.
  static OnSuperseded read(InputTexts inputs) {
    return inputs
        .parsed(Input.ON_SUPERSEDED, SupersededInput::parse, "Write `skip` or `fail`.")
        .orElse(OnSuperseded.SKIP);
  }

  private static OnSuperseded parse(String text) {
    return switch (text) {
      case "skip" -> OnSuperseded.SKIP;
      case "fail" -> OnSuperseded.FAIL;
      default -> throw new IllegalArgumentException("there is no such wish");
    };
  }
}
