package dev.slipway.registry;

import com.google.cloud.tools.jib.api.RegistryException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/// Repeats a call to a registry that may succeed the next time, with [full
/// jitter](https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/) between the
/// attempts, and never sooner than the registry asked.
final class Retry {
  private final Limits limits;
  private final Clock clock;
  private final Sleeper sleeper;
  private final DoubleSupplier jitter;

  /// @param jitter numbers from 0 to 1, which say how much of a pause is taken
  Retry(Limits limits, Clock clock, Sleeper sleeper, DoubleSupplier jitter) {
    this.limits = limits;
    this.clock = clock;
    this.sleeper = sleeper;
    this.jitter = jitter;
  }

  /// As a registry in trouble deserves it.
  static Retry patiently() {
    return new Retry(
        Limits.USUAL,
        Clock.systemUTC(),
        Thread::sleep,
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /// How long to go on.
  ///
  /// @param attempts at the most
  /// @param firstPause the longest pause after the first attempt; it doubles from there
  /// @param longestPause that is taken without being asked for
  /// @param patience after this time no further attempt is made
  record Limits(int attempts, Duration firstPause, Duration longestPause, Duration patience) {
    static final Limits USUAL =
        new Limits(6, Duration.ofMillis(500), Duration.ofSeconds(20), Duration.ofMinutes(15));
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
    void sleep(Duration pause) throws InterruptedException;
  }

  /// The result of the first attempt that has one.
  ///
  /// @throws RegistryFailure of the last attempt
  <T> T call(Call<T> call) throws RegistryFailure {
    Instant end = clock.instant().plus(limits.patience());
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
    if (!failure.mayPass() || failure.attempts() >= limits.attempts() || !inTime) {
      throw failure;
    }
    try {
      sleeper.sleep(pause);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  private Duration pause(RegistryFailure failure) {
    Duration asked = failure.answer().map(RegistryAnswer::leastWait).orElse(Duration.ZERO);
    Duration doubled = limits.firstPause().multipliedBy(1L << (failure.attempts() - 1));
    Duration most = doubled.compareTo(limits.longestPause()) < 0 ? doubled : limits.longestPause();
    return asked.plusNanos((long) (most.toNanos() * jitter.getAsDouble()));
  }
}
