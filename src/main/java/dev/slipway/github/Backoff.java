package dev.slipway.github;

import dev.slipway.problem.ActionException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// The pauses between the attempts of one request: exponential with [full
/// jitter](https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), inside a
/// deadline.
final class Backoff {
  private static final int ATTEMPTS = 5;
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(8);

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
    if (failed >= ATTEMPTS || waiting.now().plus(pause).isAfter(deadline)) {
      throw giveUp.get();
    }
    waiting.pause(pause);
  }

  /// A random pause that grows with the number of failures.
  static Duration jittered(Waiting waiting, int failures) {
    long most =
        Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures, Integer.SIZE / 2));
    return Duration.ofMillis((long) (waiting.random() * most));
  }
}
