package dev.slipway.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// What a red step says.
final class Thrown {
  private Thrown() {}

  /// The only problem of the [ActionException] that `action` throws.
  static Problem problemOf(ThrowingCallable action) {
    Throwable thrown = catchThrowable(action);
    assertThat(thrown).isInstanceOf(ActionException.class);
    assertThat(((ActionException) thrown).problems()).hasSize(1);
    return ((ActionException) thrown).problems().getFirst();
  }
}
