package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.StepResult;

/// What every whole run is judged by.
final class StepAssertions {
  private StepAssertions() {}

  /// The step ended well; otherwise its log says why.
  static void assertGreen(StepResult result) {
    assertThat(result.exitCode()).as("%s", result.shown()).isZero();
  }

  /// The step failed; otherwise its log says what it did instead.
  static void assertRed(StepResult result) {
    assertThat(result.exitCode()).as("%s", result.shown()).isOne();
  }
}
