package dev.slipway.github;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// What GitHub answered, whole and unpacked.
final class Answer {
  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;

  Answer(int status, HttpHeaders headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  int status() {
    return status;
  }

  HttpHeaders headers() {
    return headers;
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /// A copy.
  byte[] body() {
    return body.clone();
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /// The server's clock, which its dates refer to; ours may differ.
  Instant date(Instant otherwise) {
    return header("Date").flatMap(Answer::date).orElse(otherwise);
  }

  /// How long the server asks to wait: seconds or a date, as [RFC
  /// 9110](https://www.rfc-editor.org/rfc/rfc9110#field.retry-after) allows.
  Optional<Duration> retryAfter(Instant now) {
    return header("Retry-After")
        .flatMap(value ->
            number(value)
                .map(Duration::ofSeconds)
                .or(() -> date(value).map(then -> Duration.between(date(now), then))))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  /// A header's value, when it is a number of at most ten digits.
  static Optional<Long> number(String value) {
    return value.matches("[0-9]{1,10}") ? Optional.of(Long.valueOf(value)) : Optional.empty();
  }

  private static Optional<Instant> date(String value) {
    try {
      return Optional.of(
          ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
