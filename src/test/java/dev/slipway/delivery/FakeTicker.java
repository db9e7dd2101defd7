package dev.slipway.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Time that passes at once. Safe for use by several threads.
public final class FakeTicker implements Ticker {
  public final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private volatile Duration elapsed = Duration.ZERO;

  @Override
  public Duration elapsed() {
    return elapsed;
  }

  @Override
  public synchronized void pause(Duration longest) {
    pauses.add(longest);
    elapsed = elapsed.plus(longest);
  }
}
