package dev.slipway.matrix;

import dev.slipway.sandbox.WireFault;
import java.util.Map;

/// What goes wrong with one exchange.
enum Trouble {
  RESET_BEFORE("reset before"),
  RESET_AFTER("effect, then reset"),
  BAD_GATEWAY("502"),
  UNAVAILABLE("503"),
  TOO_MANY("429 with Retry-After"),
  STALL("stall"),
  TRUNCATED("truncated answer"),
  /// The server does it, and nothing of this run arrives anywhere any more.
  KILL("kill");

  private final String words;

  Trouble(String words) {
    this.words = words;
  }

  WireFault fault() {
    return switch (this) {
      case RESET_BEFORE -> new WireFault.ResetAfter(0);
      case RESET_AFTER, KILL -> new WireFault.LoseAnswer();
      case BAD_GATEWAY -> page(502);
      case UNAVAILABLE -> page(503);
      case TOO_MANY -> WireFault.with(page(429), "Retry-After", "2");
      case STALL -> new WireFault.Silence();
      case TRUNCATED -> new WireFault.CutAnswer();
    };
  }

  private static WireFault page(int status) {
    return new WireFault.Answer(
        status, Map.of("Content-Type", "text/html"), "<html><body>Try again</body></html>");
  }

  @Override
  public String toString() {
    return words;
  }
}
