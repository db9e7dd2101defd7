package dev.slipway.delivery;

import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// Time as a wait sees it.
public interface Ticker {
  /// How long this ticker has run.
  Duration elapsed();

  /// Lets time pass: `longest`, or a little less.
  void pause(Duration longest);

  /// Lets at least this time pass.
  default void pass(Duration least) {
    Duration end = elapsed().plus(least);
    for (Duration left = least; left.isPositive(); left = end.minus(elapsed())) {
      pause(left);
    }
  }

  /// The machine's time. Pauses are cut by up to a fifth, so that many runs do not poll in step.
  static Ticker system() {
    long start = System.nanoTime();
    return new Ticker() {
      @Override
      public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
      }

      @Override
      public void pause(Duration longest) {
        long millis = Math.max(1, longest.toMillis());
        try {
          Thread.sleep(millis - ThreadLocalRandom.current().nextLong(millis / 5 + 1));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw interrupted(e);
        }
      }
    };
  }

  /// Somebody ended the wait from outside.
  static ActionException interrupted(InterruptedException cause) {
    return new ActionException(
        new Problem(
            "The wait was interrupted",
            "the step was told to stop; what has begun goes on without it",
            "run the workflow again: nothing is delivered twice"),
        cause);
  }
}
