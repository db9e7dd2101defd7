package dev.slipway.registry;

import dev.slipway.delivery.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A clock that moves only when somebody waits, and then at once.
final class FlyingTime extends Clock {
  final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  /// Retries that take the longest pauses they may.
  Retry retry() {
    return new Retry(this, this::pass, () -> 1.0);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }

  synchronized void pass(Duration pause) {
    if (Thread.currentThread().isInterrupted()) {
      throw Ticker.interrupted(new InterruptedException());
    }
    pauses.add(pause);
    now = now.plus(pause);
  }
}
