package dev.slipway.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovingTagTest {
  @ParameterizedTest
  @CsvSource({
    "1.0.0,      '',                     true,  true,  true",
    "1.0.0,      1.0.0,                  true,  true,  true",
    "1.4.3,      1.4.2,                  true,  true,  true",
    "1.4.3,      1.4.2 2.0.0,            false, true,  true",
    "1.4.3,      1.4.2 1.5.0,            false, false, true",
    "1.4.3,      1.4.10,                 false, false, false",
    "2.0.0,      1.9.9 10.0.0,           false, true,  true",
    "1.4.3,      1.5.0-rc.1 2.0.0-rc.1,  true,  true,  true",
    "1.5.0-rc.1, 1.4.3,                  false, false, false",
    "1.5.0+b,    1.4.3,                  false, false, false",
  })
  void pointsAtTheNewestReleaseOfItsLine(
      String version, String released, boolean latest, boolean major, boolean minor) {
    List<SemanticVersion> others =
        Arrays.stream(released.split(" ", -1))
            .flatMap(text -> SemanticVersion.parse(text).stream())
            .toList();
    SemanticVersion one = SemanticVersion.parse(version).orElseThrow();

    assertThat(MovingTag.LATEST.mayPointAt(one, others)).isEqualTo(latest);
    assertThat(MovingTag.MAJOR.mayPointAt(one, others)).isEqualTo(major);
    assertThat(MovingTag.MINOR.mayPointAt(one, others)).isEqualTo(minor);
  }

  @Test
  void neverMovesBackwardsInWhateverOrderReleasesAreMade() {
    Random random = new Random(20260103);
    List<SemanticVersion> order =
        new ArrayList<>(
            IntStream.range(0, 200)
                .mapToObj(_ ->
                    SemanticVersion.of(random.nextInt(4), random.nextInt(6), random.nextInt(12)))
                .distinct()
                .toList());
    Collections.shuffle(order, random);
    Map<String, SemanticVersion> registry = new HashMap<>();
    List<SemanticVersion> released = new ArrayList<>();

    for (SemanticVersion version : order) {
      released.add(version);
      for (MovingTag tag : MovingTag.values()) {
        if (tag.mayPointAt(version, released)) {
          SemanticVersion before = registry.put(name(tag, version), version);
          assertThat(before == null || before.compareTo(version) < 0).isTrue();
        }
      }
    }

    for (SemanticVersion version : order) {
      for (MovingTag tag : MovingTag.values()) {
        assertThat(registry.get(name(tag, version))).isGreaterThanOrEqualTo(version);
      }
    }
  }

  private static String name(MovingTag tag, SemanticVersion version) {
    return switch (tag) {
      case LATEST -> "latest";
      case MAJOR -> "" + version.major();
      case MINOR -> version.major() + "." + version.minor();
    };
  }
}
