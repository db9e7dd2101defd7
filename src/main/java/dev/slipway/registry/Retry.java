package dev.slipway.registry;

import com.google.cloud.tools.jib.api.RegistryException;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.RetryPolicy;
import dev.slipway.problem.ActionException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/// Repeats a call to a registry that may succeed the next time, and never sooner than the registry
/// asked.
final class Retry {
  // A single layer may take minutes.
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final InstantSource clock;
  private final Sleeper sleeper;
  private final DoubleSupplier jitter;

  /// @param jitter numbers from 0 to 1, which say how much of a pause is taken
  Retry(InstantSource clock, Sleeper sleeper, DoubleSupplier jitter) {
    this.clock = clock;
    this.sleeper = sleeper;
    this.jitter = jitter;
  }

  /// At the pace of a run.
  static Retry at(Pace pace) {
    return new Retry(
        pace,
        pause -> pace.retry("registry", pause),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /// Something that can be tried again, from its beginning.
  interface Call<T> {
    /// Tries.
    ///
    /// @param attempt 1 for the first
    T attempt(int attempt) throws IOException, RegistryException;
  }

  /// Waits.
  interface Sleeper {
    /// Returns after the pause.
    ///
    /// @throws ActionException when the thread is interrupted
    void sleep(Duration pause);
  }

  /// The result of the first attempt that has one.
  ///
  /// @throws RegistryFailure of the last attempt
  <T> T call(Call<T> call) throws RegistryFailure {
    Instant end = clock.instant().plus(PATIENCE);
    for (int attempt = 1; ; attempt++) {
      try {
        return call.attempt(attempt);
      } catch (IOException | RegistryException | IllegalArgumentException e) {
        // Jib throws the last for a URL of the registry's that is none.
        pauseOrGiveUp(RegistryFailure.of(e, attempt, clock.instant()), end);
      }
    }
  }

  private void pauseOrGiveUp(RegistryFailure failure, Instant end) throws RegistryFailure {
    Duration pause = pause(failure);
    boolean inTime = clock.instant().plus(pause).isBefore(end);
    if (!failure.mayPass() || failure.attempts() >= RetryPolicy.ATTEMPTS || !inTime) {
      throw failure;
    }
    try {
      sleeper.sleep(pause);
    } catch (ActionException _) {
      // Interrupted; what was to be waited for says more.
      throw failure;
    }
  }

  private Duration pause(RegistryFailure failure) {
    Duration asked = failure.answer().map(RegistryAnswer::leastWait).orElse(Duration.ZERO);
    return asked.plus(RetryPolicy.pause(failure.attempts(), jitter.getAsDouble()));
  }
}
