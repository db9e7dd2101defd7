package dev.slipway.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Time that passes at once.
public final class FakeTicker implements Ticker {
  public final List<Duration> pauses = new ArrayList<>();
  private volatile Duration elapsed = Duration.ZERO;

  @Override
  public Duration elapsed() {
    return elapsed;
  }

  @Override
  public void pause(Duration longest) {
    pauses.add(longest);
    elapsed = elapsed.plus(longest);
  }
}
