package dev.slipway.github;

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

  /// Waits for real.
  static Waiting real() {
    return new Waiting() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public void pause(Duration duration) {
        try {
          Thread.sleep(duration);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw GitHubProblems.interrupted(e);
        }
      }

      @Override
      public double random() {
        return ThreadLocalRandom.current().nextDouble();
      }
    };
  }
}
