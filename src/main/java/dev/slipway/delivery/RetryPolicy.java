package dev.slipway.delivery;

import java.time.Duration;

/// When, how often and after which pauses a request that came to nothing is sent again; the same
/// for every server.
///
/// Whether it may be sent again, only its sender knows: a write whose answer was lost is looked for
/// first.
public final class RetryPolicy {
  /// How often one request is sent at the most.
  public static final int ATTEMPTS = 6;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  private RetryPolicy() {}

  /// Whether a server that answered with this [status](https://www.rfc-editor.org/rfc/rfc9110) may
  /// give another answer a moment later.
  public static boolean mayPass(int status) {
    return switch (status) {
      case 408, 425, 429 -> true;
      default -> status >= 500 && status != 501;
    };
  }

  /// The pause after so many failures: twice as long each time, with [full
  /// jitter](https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
  ///
  /// @param dice from 0 to 1: how much of the pause is taken
  public static Duration pause(int failures, double dice) {
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, Byte.SIZE));
    Duration most = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    return Duration.ofNanos((long) (most.toNanos() * dice));
  }
}
