package dev.slipway.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticVersionTest {
  private static final Random RANDOM = new Random(20260101);

  @Test
  void ordersTheSpecificationsOwnExample() {
    List<SemanticVersion> inOrder =
        Stream.of(
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "1.9.0",
                "1.10.0",
                "2.0.0")
            .map(SemanticVersionTest::version)
            .toList();
    List<SemanticVersion> shuffled = new ArrayList<>(inOrder);
    Collections.shuffle(shuffled, RANDOM);

    Collections.sort(shuffled);

    assertThat(shuffled).isEqualTo(inOrder);
  }

  @Test
  void comparesWordsInAsciiOrderAndLongNumbersAsNumbers() {
    assertThat(version("1.0.0-beta11")).isLessThan(version("1.0.0-beta2"));
    assertThat(version("1.0.0---a")).isLessThan(version("1.0.0--1"));
    assertThat(version("1.0.0-99999999999999999999"))
        .isLessThan(version("1.0.0-100000000000000000000"));
  }

  @Test
  void isATotalOrderOverCommitSuffixes() {
    List<SemanticVersion> versions =
        IntStream.range(0, 300).mapToObj(_ -> randomSuffixed()).toList();

    for (SemanticVersion a : versions) {
      for (SemanticVersion b : versions) {
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
      }
    }
    for (int i = 0; i < 100_000; i++) {
      SemanticVersion a = any(versions);
      SemanticVersion b = any(versions);
      SemanticVersion c = any(versions);
      if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
        assertThat(a).as("%s, %s, %s", a, b, c).isLessThanOrEqualTo(c);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1.2.3",
        "1.2.3\0",
        "1.2.3-rc.1\u001a",
        "1.2",
        "01.2.3",
        " 1.2.3",
        "1.2.3 ",
        "1.2.3-",
        "20240115123000.0.0",
        "a"
      })
  void refusesWhatIsNoVersion(String text) {
    assertThat(SemanticVersion.parse(text)).isEmpty();
  }

  @Test
  void refusesWhatHasIdentifiersWithoutEnd() {
    assertThat(SemanticVersion.parse("1.2.3-a" + ".a".repeat(50_000))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0", "1.2.3", "1.2.3-rc.1", "1.2.3+build.5", "1.2.3-a.b+c"})
  void printsWhatItRead(String text) {
    assertThat(version(text)).hasToString(text);
  }

  private static SemanticVersion randomSuffixed() {
    String hex = "%07x".formatted(RANDOM.nextInt(0x10000000));
    // A leading zero before digits only is no legal version, so such a suffix is made a word.
    return version(
        "1.%d.0-%s".formatted(RANDOM.nextInt(2), hex.matches("0[0-9]+") ? "g" + hex : hex));
  }

  private static SemanticVersion any(List<SemanticVersion> versions) {
    return versions.get(RANDOM.nextInt(versions.size()));
  }

  private static SemanticVersion version(String text) {
    return SemanticVersion.parse(text).orElseThrow();
  }
}
