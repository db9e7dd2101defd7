package dev.slipway.github;

import dev.slipway.problem.ActionException;
import java.io.Serial;

/// A write whose answer never came: it may have happened or not. Whoever sent it looks before
/// sending it again.
final class Lost extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final ActionException failure;

  Lost(ActionException failure) {
    super(failure.getMessage(), failure);
    this.failure = failure;
  }

  /// What to say when looking does not help.
  ActionException failure() {
    return failure;
  }
}
