package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryTest {
  private final FlyingTime time = new FlyingTime();

  @Test
  void pausesTwiceAsLongEachTime() {
    RegistryFailure failure = failureOf(new IOException("reset"), time.retry());

    assertThat(failure.attempts()).isEqualTo(6);
    assertThat(time.pauses)
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(16));
  }

  @Test
  void takesAnyPartOfAPause() {
    Retry quick = new Retry(time, time.pauses::add, () -> 0.25);

    failureOf(new IOException("reset"), quick);

    assertThat(time.pauses).startsWith(Duration.ofMillis(250), Duration.ofMillis(500));
  }

  @Test
  void losesPatience() {
    RegistryFailure failure =
        catchThrowableOfType(
            RegistryFailure.class,
            () ->
                time.retry()
                    .call(_ -> {
                      time.pass(Duration.ofMinutes(6));
                      throw new IOException("reset");
                    }));

    assertThat(failure.attempts()).isEqualTo(3);
  }

  @Test
  void triesNothingTwiceThatStaysWrong() {
    List<IOException> lasting =
        List.of(
            new ForeignServer("evil.example.com"),
            new SizedContent.Unreadable("gone", new IOException("gone")),
            new IOException(new CertificateException("self-signed")));

    assertThat(lasting)
        .allSatisfy(reason -> assertThat(failureOf(reason, time.retry()).attempts()).isEqualTo(1));
  }

  @Test
  void stopsWhenItIsInterrupted() {
    Thread.currentThread().interrupt();

    RegistryFailure failure = failureOf(new IOException("reset"), time.retry());

    assertThat(failure.attempts()).isEqualTo(1);
    assertThat(Thread.interrupted()).isTrue();
  }

  private RegistryFailure failureOf(IOException reason, Retry retry) {
    return catchThrowableOfType(
        RegistryFailure.class,
        () ->
            retry.call(_ -> {
              throw reason;
            }));
  }
}
