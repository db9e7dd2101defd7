package dev.slipway.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.argocd.Unmet.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// When enough has been seen.
class WatchTest {
  @Test
  void isLiveAfterTwoGoodLooksInARow() {
    Watch watch = Watch.start().withMet();

    assertThat(watch.live()).isFalse();
    assertThat(watch.withMet().live()).isTrue();
    assertThat(seen(watch, Kind.HEALTH, 0, 0).withMet().live()).isFalse();
  }

  /// Looks ten seconds apart; Argo CD compares at some of them.
  @ParameterizedTest
  @CsvSource({
    "FAILED, 1, 0, false",
    "FAILED, 2, 0, true",
    "DEGRADED, 6, 0, false",
    "DEGRADED, 7, 0, true",
    "DRIFT, 6, 0, false",
    "DRIFT, 7, 0, true",
    "ERROR, 13, 1, false",
    "ERROR, 12, 2, false",
    "ERROR, 13, 2, true",
    "ERROR, 30, 0, false",
    "ERROR, 31, 0, true",
  })
  void losesHopeInTime(Kind kind, int looks, int comparisons, boolean hopeless) {
    Watch watch = Watch.start();

    for (int look = 0; look < looks; look++) {
      watch = seen(watch, kind, 10 * look, Math.min(look, comparisons));
    }

    assertThat(watch.hopeless(Duration.ofSeconds(10L * (looks - 1)))).isEqualTo(hopeless);
  }

  @ParameterizedTest
  @EnumSource(names = {"HYDRATION", "REVISION", "OPERATION", "SYNC", "STALE", "HEALTH", "IMAGE"})
  void neverLosesHopeWhereTimeMayHelp(Kind kind) {
    Watch watch = seen(seen(seen(Watch.start(), kind, 0, 0), kind, 600, 1), kind, 6000, 2);

    assertThat(watch.hopeless(Duration.ofMinutes(100))).isFalse();
  }

  @Test
  void startsAfreshWhenAnotherConditionIsUnmet() {
    Watch watch = seen(seen(Watch.start(), Kind.DEGRADED, 0, 0), Kind.DEGRADED, 50, 0);

    Watch interrupted = seen(seen(watch, Kind.HEALTH, 55, 0), Kind.DEGRADED, 65, 0);

    assertThat(interrupted.hopeless(Duration.ofSeconds(65))).isFalse();
  }

  private static Watch seen(Watch watch, Kind kind, int second, int comparison) {
    return watch.withUnmet(
        new Unmet(kind, "x"),
        Optional.of(Instant.EPOCH.plusSeconds(comparison)),
        Duration.ofSeconds(second));
  }
}
