package dev.slipway.github;

import dev.slipway.delivery.RetryPolicy;
import dev.slipway.problem.ActionException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// The pauses between the attempts of one request, inside a deadline.
final class Backoff {
  private final Waiting waiting;
  private final Instant deadline;
  private int failed;

  Backoff(Waiting waiting, Duration total) {
    this.waiting = waiting;
    this.deadline = waiting.now().plus(total);
  }

  /// Pauses before the next attempt.
  ///
  /// @param asked how long the server asks to wait, at the least
  /// @param giveUp what to throw when attempts or time are used up
  void pause(Optional<Duration> asked, Supplier<ActionException> giveUp) {
    failed++;
    Duration pause = asked.orElseGet(() -> jittered(waiting, failed));
    if (failed >= RetryPolicy.ATTEMPTS || waiting.now().plus(pause).isAfter(deadline)) {
      throw giveUp.get();
    }
    waiting.pauseBeforeRetry(pause);
  }

  /// A random pause that grows with the number of failures.
  static Duration jittered(Waiting waiting, int failures) {
    return RetryPolicy.pause(failures, waiting.random());
  }
}
