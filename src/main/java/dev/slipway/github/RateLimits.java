package dev.slipway.github;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Waits out [GitHub's rate
/// limits](https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api) as long
/// as that is short, and gives up at once where it is not.
final class RateLimits {
  /// GitHub's advice where an answer does not say how long.
  private static final Duration UNSAID = Duration.ofMinutes(1);

  private final Waiting waiting;
  private Duration left;

  RateLimits(Waiting waiting, Duration total) {
    this.waiting = waiting;
    this.left = total;
  }

  /// Whether `answer` says that a limit was reached, so that nothing was done.
  boolean hit(Answer answer) {
    return answer.status() == 429
        || (answer.status() == 403
            && (isUsedUp(answer)
                || answer.header("Retry-After").isPresent()
                || answer.text().contains("secondary rate limit")));
  }

  private static boolean isUsedUp(Answer answer) {
    return answer.header("X-RateLimit-Remaining").filter("0"::equals).isPresent();
  }

  /// Waits until the limit is over.
  ///
  /// @throws dev.slipway.problem.ActionException when that takes longer than is left
  synchronized void await(Answer answer) {
    Duration wait = answer.retryAfter(waiting.now()).or(() -> untilReset(answer)).orElse(UNSAID);
    if (wait.compareTo(left) > 0) {
      throw GitHubProblems.rateLimited(waiting.now().plus(wait));
    }
    // A limit that asks for no wait at all still costs something, else it could go on for ever.
    left = left.minus(wait.isZero() ? Duration.ofSeconds(1) : wait);
    waiting.pauseBeforeRetry(wait);
  }

  private Optional<Duration> untilReset(Answer answer) {
    return answer
        .header("X-RateLimit-Reset")
        .filter(_ -> isUsedUp(answer))
        .flatMap(Answer::number)
        .map(Instant::ofEpochSecond)
        // The reset is a whole second, and only after it the limit is gone.
        .map(reset -> Duration.between(answer.date(waiting.now()), reset).plusSeconds(1))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }
}
