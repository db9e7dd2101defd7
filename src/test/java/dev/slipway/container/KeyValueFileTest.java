package dev.slipway.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyValueFileTest {
  @Test
  void readsBothForms() {
    assertThat(KeyValueFile.parse("tag=1.2.3\n\nplan<<EOF\n{\n  \"a\": 1\n}\nEOF\n"))
        .containsExactly(Map.entry("tag", "1.2.3"), Map.entry("plan", "{\n  \"a\": 1\n}"));
  }

  @ParameterizedTest
  @CsvSource({
    "'a=b=c', a, b=c",
    "'a=b<<c', a, b<<c",
    "'a<<b=c\nx\nb=c\n', a, x",
    "'a<<E\nE\n', a, ''",
    "'a<<E\n\nE\n', a, ''",
    "'a<<E\n\n\nE\n', a, '\n'",
    "'a<<E\nx\r\nE\n', a, 'x\r'",
    "'a<<E\nE \nE\n', a, 'E '",
    "'a<<E\nx\nE', a, x",
    "'a=1\na=2', a, 2",
    "'a<<=\n=x\n=\n', a, =x"
  })
  void readsWhatTheRunnerReads(String text, String name, String value) {
    assertThat(KeyValueFile.parse(text)).containsExactly(Map.entry(name, value));
  }

  @ParameterizedTest
  @CsvSource({
    "'name', Invalid format",
    "'<<E\nE\n', Name must not be empty",
    "'a<<\nE\n', delimiter must not be empty",
    "'a<<E\nx\n', Matching delimiter not found",
    "'a<<E\nx', EOF marker missing new line",
    "'a<<E\r\nx\r\nE\n', Matching delimiter not found"
  })
  void refusesWhatTheRunnerRefuses(String text, String words) {
    assertThatThrownBy(() -> KeyValueFile.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }
}
