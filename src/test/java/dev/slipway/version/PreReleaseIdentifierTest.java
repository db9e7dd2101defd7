package dev.slipway.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.image.Tag;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreReleaseIdentifierTest {
  private static final SemanticVersion CORE = SemanticVersion.of(1, 3, 0);

  @ParameterizedTest
  @ValueSource(strings = {"rc", "beta", "0", "7", "alpha.1", "x-y", "-", "01a", "0-1", "a.b.0.c"})
  void namesAVersionThatIsLegalEverywhere(String identifier) {
    PreReleaseIdentifier series = new PreReleaseIdentifier(identifier);

    SemanticVersion first = series.next(CORE, Stream.of());
    SemanticVersion second = series.next(CORE, Stream.of(first));

    assertThat(first).hasToString("1.3.0-" + identifier + ".1");
    assertThat(SemanticVersion.parse(second.toString())).contains(second);
    assertThat(second).isGreaterThan(first).isLessThan(CORE);
    assertThat(series.names(first)).isTrue();
    assertThat(new Tag(second.toString()).value()).endsWith(".2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "rc.", ".rc", "a..b", "01", "rc.00", "feature/x", "r c", "rc+1"})
  void refusesWhatIsNoIdentifier(String identifier) {
    assertThatThrownBy(() -> new PreReleaseIdentifier(identifier))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("`" + identifier + "`");
  }

  @Test
  void otherSeriesAreNotItsOwn() {
    PreReleaseIdentifier series = new PreReleaseIdentifier("rc");

    assertThat(Stream.of("1.3.0", "1.3.0-rc", "1.3.0-rc.a", "1.3.0-rc.1.2", "1.3.0-beta.1"))
        .map(text -> SemanticVersion.parse(text).orElseThrow())
        .noneMatch(series::names);
  }

  @Test
  void countsBeyondEveryNumberType() {
    SemanticVersion huge = SemanticVersion.parse("1.3.0-rc.99999999999999999999").orElseThrow();

    assertThat(new PreReleaseIdentifier("rc").next(CORE, Stream.of(huge)))
        .hasToString("1.3.0-rc.100000000000000000000");
  }
}
