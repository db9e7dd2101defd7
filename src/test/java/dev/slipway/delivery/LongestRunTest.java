package dev.slipway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LongestRunTest {
  @Test
  void isTwoHoursWhereNothingIsWaitedFor() {
    assertThat(LongestRun.of(SampleInputs.ofTag("1").build())).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void givesEachWaitItsTime() {
    Inputs inputs =
        SampleInputs.tagged("1")
            .update("image.tag", "{tag}")
            .waitingForTheMerge()
            .withArgoCd("shop")
            .build();

    assertThat(LongestRun.of(inputs)).isEqualTo(Duration.ofMinutes(120 + 30 + 15));
  }

  @Test
  void givesThemTwiceWhereTheyMayHaveToBeUndone() {
    Inputs inputs =
        SampleInputs.tagged("1")
            .update("image.tag", "{tag}")
            .withArgoCd("shop")
            .rollingBackOnFailure()
            .build();

    assertThat(LongestRun.of(inputs)).isEqualTo(Duration.ofMinutes(120 + 15 + 15));
  }

  @Test
  void isWhatTheDocumentationSays() throws IOException {
    assertThat(Files.readString(Path.of("docs/limits.md")))
        .contains("A run ends within %d hours".formatted(LongestRun.MARGIN.toHours()));
  }
}
