package dev.slipway.github;

import dev.slipway.delivery.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/// The clock, the pauses and the dice between attempts, so that a test need not wait.
interface Waiting {
  Instant now();

  /// Returns after `duration`.
  ///
  /// @throws dev.slipway.problem.ActionException when the run is cancelled meanwhile
  void pause(Duration duration);

  /// From 0 to 1, exclusive.
  double random();

  /// Pauses before a request is sent again.
  default void pauseBeforeRetry(Duration duration) {
    pause(duration);
  }

  /// Returns when a request may begin.
  default void pass() {}

  /// Waits as the run does.
  static Waiting at(Pace pace) {
    return new Waiting() {
      @Override
      public Instant now() {
        return pace.instant();
      }

      @Override
      public void pause(Duration duration) {
        pace.ticker().pass(duration);
      }

      @Override
      public void pauseBeforeRetry(Duration duration) {
        pace.retry("GitHub", duration);
      }

      @Override
      public void pass() {
        pace.ending().pass();
      }

      @Override
      public double random() {
        return ThreadLocalRandom.current().nextDouble();
      }
    };
  }
}
