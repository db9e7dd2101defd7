package dev.slipway.argocd;

import dev.slipway.delivery.Ticker;
import java.time.Duration;

/// When a wait is over. Nothing that is begun before it lasts longer.
///
/// @param start the ticker's time when the wait began
record Deadline(Ticker ticker, Duration start, Duration limit) {

  static Deadline in(Duration limit, Ticker ticker) {
    return new Deadline(ticker, ticker.elapsed(), limit);
  }

  /// Since the wait began.
  Duration elapsed() {
    return ticker.elapsed().minus(start);
  }

  boolean passed() {
    return !remaining().isPositive();
  }

  /// `wanted`, or what is left.
  Duration atMost(Duration wanted) {
    Duration remaining = remaining();
    return wanted.compareTo(remaining) < 0 ? wanted : remaining;
  }

  private Duration remaining() {
    return limit.minus(elapsed());
  }
}
