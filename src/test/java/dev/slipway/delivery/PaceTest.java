package dev.slipway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The one policy of retries, and the count of them.
class PaceTest {
  private final FakeTicker ticker = new FakeTicker();
  private final Pace pace = Pace.of(ticker);

  @Test
  void asksAgainAfterTheStatusesThatPass() {
    List<Integer> repeated =
        IntStream.range(100, 600).filter(RetryPolicy::mayPass).boxed().toList();

    assertThat(repeated)
        .contains(408, 425, 429, 500, 502, 503, 504, 529)
        .doesNotContain(200, 301, 400, 401, 403, 404, 409, 422, 501)
        .allMatch(status -> status < 430 || status >= 500);
  }

  @Test
  void pausesTwiceAsLongEachTimeAndNeverLongerThanTheLongest() {
    Stream<Duration> pauses =
        IntStream.rangeClosed(1, 40).mapToObj(failures -> RetryPolicy.pause(failures, 1));

    assertThat(pauses)
        .startsWith(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4))
        .allMatch(pause -> pause.toSeconds() <= 20);
  }

  @Test
  void takesAnyPartOfAPause() {
    assertThat(RetryPolicy.pause(3, 0.25)).isEqualTo(Duration.ofSeconds(1));
    assertThat(RetryPolicy.pause(3, 0)).isZero();
  }

  @Test
  void givesUpAfterTheLastAttempt() {
    Pace.Attempts attempts = pace.attempts("AWS");

    List<Boolean> again = Stream.generate(attempts::again).limit(RetryPolicy.ATTEMPTS).toList();

    assertThat(again).containsExactly(true, true, true, true, true, false);
    assertThat(pace.retries()).isEqualTo(Map.of("AWS", 5));
  }

  @Test
  void countsByServer() {
    pace.retry("GitHub", Duration.ofSeconds(1));
    pace.retry("registry", Duration.ZERO);
    pace.retry("GitHub", Duration.ofSeconds(2));

    assertThat(pace.retries()).isEqualTo(Map.of("GitHub", 2, "registry", 1));
    assertThat(ticker.elapsed()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void itsClockRunsWithItsTicker() {
    Instant before = pace.instant();

    pace.retry("GitHub", Duration.ofHours(1));

    assertThat(pace.instant()).isEqualTo(before.plus(Duration.ofHours(1)));
  }

  @Test
  void theMachinesTimePassesInFull() {
    Ticker machine = Ticker.system();

    machine.pass(Duration.ofMillis(20));

    assertThat(machine.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(20));
  }
}
