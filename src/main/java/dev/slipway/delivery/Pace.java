package dev.slipway.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/// The pace of one run: the time in which it waits, the longest that it waits for an answer, and
/// how often it had to ask again. Safe for use by several threads.
public final class Pace implements InstantSource {
  private static final Duration USUAL = Duration.ofDays(1);

  private final Ticker ticker;
  private final Duration longestAnswer;
  private final Instant start = Instant.now();
  private final Duration begun;
  private final Map<String, Integer> retries = new TreeMap<>();
  private final Ending ending = new Ending();

  /// @param longestAnswer where that is less than an edge would wait for one
  public Pace(Ticker ticker, Duration longestAnswer) {
    this.ticker = ticker;
    this.longestAnswer = longestAnswer;
    this.begun = ticker.elapsed();
  }

  /// The pace of a ticker, with every answer given the time that its edge finds right.
  public static Pace of(Ticker ticker) {
    return new Pace(ticker, USUAL);
  }

  public Ticker ticker() {
    return ticker;
  }

  /// The run's end before its time, which every edge lets its requests [pass][Ending#pass].
  public Ending ending() {
    return ending;
  }

  /// How long to wait for an answer.
  ///
  /// @param usual what the edge finds right
  public Duration answer(Duration usual) {
    return usual.compareTo(longestAnswer) < 0 ? usual : longestAnswer;
  }

  /// The date and time, as far as the ticker has run since the start.
  @Override
  public Instant instant() {
    return start.plus(ticker.elapsed().minus(begun));
  }

  /// The attempts of one request.
  ///
  /// @param server who is asked, e.g. `GitHub`
  public Attempts attempts(String server) {
    return new Attempts(server);
  }

  /// Pauses before a request is sent again.
  ///
  /// @param server who is asked, e.g. `GitHub`
  /// @param pause at the least
  public void retry(String server, Duration pause) {
    count(server);
    ticker.pass(pause);
  }

  private synchronized void count(String server) {
    retries.merge(server, 1, Integer::sum);
  }

  /// How often something was asked again so far, by server.
  public synchronized Map<String, Integer> retries() {
    return new TreeMap<>(retries);
  }

  /// Counts the attempts of one request.
  public final class Attempts {
    private final String server;
    private int failed;

    private Attempts(String server) {
      this.server = server;
    }

    /// Pauses after an attempt that failed.
    ///
    /// @return false, without a pause, when there were enough
    public boolean again() {
      failed++;
      if (failed >= RetryPolicy.ATTEMPTS) {
        return false;
      }
      retry(server, RetryPolicy.pause(failed, ThreadLocalRandom.current().nextDouble()));
      return true;
    }

    /// How many attempts have failed.
    public int failed() {
      return failed;
    }
  }
}
