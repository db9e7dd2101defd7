package dev.slipway.github;

import dev.slipway.delivery.RetryPolicy;

/// Counts the attempts of one write, with a look between them.
final class Attempts {
  private final Waiting waiting;
  private int failed;

  Attempts(Waiting waiting) {
    this.waiting = waiting;
  }

  /// Whether this is not the first attempt any more.
  boolean again() {
    return failed > 0;
  }

  /// Whether another failure would be the last.
  boolean exhausted() {
    return failed + 1 >= RetryPolicy.ATTEMPTS;
  }

  /// Pauses before the next attempt, or ends with `failure` when there were enough.
  void failed(RuntimeException failure) {
    failed++;
    if (failed >= RetryPolicy.ATTEMPTS) {
      throw failure;
    }
    waiting.pauseBeforeRetry(Backoff.jittered(waiting, failed));
  }
}
