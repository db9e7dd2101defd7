package dev.slipway.runner.report;

import dev.slipway.delivery.FileChange;

/// Changed values in one line of prose.
final class ChangeText {
  private ChangeText() {}

  static String of(FileChange.Scalar scalar) {
    return scalar.from().equals(scalar.to())
        ? "%s: %s (as it is)".formatted(scalar.key(), scalar.to())
        : "%s: %s -> %s".formatted(scalar.key(), scalar.from(), UnknownDigest.told(scalar.to()));
  }
}
