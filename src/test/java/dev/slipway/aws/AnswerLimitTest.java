package dev.slipway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AnswerLimitTest {
  @Test
  @Timeout(30)
  void endsAReadingThatNoAbortEnds() throws IOException {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }
        };
    try (AnswerLimit limit = AnswerLimit.of(Duration.ofMillis(50), () -> {})) {
      InputStream limited = limit.on(endless);

      assertThatThrownBy(() -> limited.transferTo(OutputStream.nullOutputStream()))
          .isInstanceOf(IOException.class)
          .hasMessage("the answer takes too long");
    }
  }

  @Test
  void changesNothingOfAnAnswerInTime() throws IOException {
    byte[] answer = {1, 2, 3};
    try (AnswerLimit limit = AnswerLimit.of(Duration.ofMinutes(1), () -> {})) {
      assertThat(limit.on(new ByteArrayInputStream(answer)).readAllBytes()).isEqualTo(answer);
    }
  }
}
