package dev.slipway.github;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A clock that only pauses move, so that a test waits for nothing. Its dice always show one half.
final class StoppedClock implements Waiting {
  private final List<Duration> pauses = new ArrayList<>();
  private Instant now = Instant.now();

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized void pause(Duration duration) {
    pauses.add(duration);
    now = now.plus(duration);
  }

  @Override
  public double random() {
    return 0.5;
  }

  synchronized List<Duration> pauses() {
    return List.copyOf(pauses);
  }
}
