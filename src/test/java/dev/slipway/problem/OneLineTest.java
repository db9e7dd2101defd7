package dev.slipway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"no entry", " no\r\n\tentry\n", "no\u0000\u001b entry", "no\u000b\u007fentry"})
  void hasOneBlankForEveryBreak(String text) {
    String line = OneLine.of(text);

    assertThat(line).isEqualTo("no entry");
  }

  @Test
  void saysThatThereWasMore() {
    assertThat(OneLine.of("no\nentry", 8)).isEqualTo("no entry");
    assertThat(OneLine.of("no\nentry", 7)).isEqualTo("no entr...");
  }
}
