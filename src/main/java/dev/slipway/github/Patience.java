package dev.slipway.github;

import dev.slipway.delivery.Pace;
import java.time.Duration;

/// How long we wait for GitHub.
///
/// @param connect for a connection
/// @param request for one request, from its first byte to the answer's last
/// @param retries for all attempts of one request together
/// @param rateLimits for rate limits, over the whole run
record Patience(Duration connect, Duration request, Duration retries, Duration rateLimits) {
  static final Patience USUAL =
      new Patience(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(90),
          Duration.ofSeconds(60));

  /// The usual, at the pace of a run.
  static Patience at(Pace pace) {
    return new Patience(
        pace.answer(USUAL.connect), pace.answer(USUAL.request), USUAL.retries, USUAL.rateLimits);
  }
}
