package dev.slipway.matrix;

import dev.slipway.sandbox.WireFault;
import java.util.Map;
import java.util.Optional;

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
  KILL("kill"),
  /// The same run, started a second time, does everything first.
  OVERTAKEN("overtaken");

  private final String words;

  Trouble(String words) {
    this.words = words;
  }

  /// Empty where nothing is wrong with the exchange itself.
  Optional<WireFault> fault() {
    return switch (this) {
      case RESET_BEFORE -> Optional.of(new WireFault.ResetAfter(0));
      case RESET_AFTER, KILL -> Optional.of(new WireFault.LoseAnswer());
      case BAD_GATEWAY -> Optional.of(page(502));
      case UNAVAILABLE -> Optional.of(page(503));
      case TOO_MANY -> Optional.of(WireFault.with(page(429), "Retry-After", "2"));
      case STALL -> Optional.of(new WireFault.Silence());
      case TRUNCATED -> Optional.of(new WireFault.CutAnswer());
      case OVERTAKEN -> Optional.empty();
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
