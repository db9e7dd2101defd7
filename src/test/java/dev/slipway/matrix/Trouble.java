package dev.slipway.matrix;

import dev.slipway.sandbox.WireFault;
import java.util.Map;

/// What goes wrong with one exchange.
enum Trouble {
  RESET_BEFORE("reset before", new WireFault.ResetAfter(0)),
  RESET_AFTER("effect, then reset", new WireFault.LoseAnswer()),
  BAD_GATEWAY("502", page(502)),
  UNAVAILABLE("503", page(503)),
  TOO_MANY("429 with Retry-After", WireFault.with(page(429), "Retry-After", "2")),
  STALL("stall", new WireFault.Silence()),
  TRUNCATED("truncated answer", new WireFault.CutAnswer()),
  /// The server does it, and nothing of this run arrives anywhere any more.
  KILL("kill", new WireFault.LoseAnswer());

  private final String words;
  private final WireFault fault;

  Trouble(String words, WireFault fault) {
    this.words = words;
    this.fault = fault;
  }

  private static WireFault page(int status) {
    return new WireFault.Answer(
        status, Map.of("Content-Type", "text/html"), "<html><body>Try again</body></html>");
  }

  WireFault fault() {
    return fault;
  }

  @Override
  public String toString() {
    return words;
  }
}
