package dev.slipway.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.http.ResponseException;
import dev.slipway.delivery.RetryPolicy;
import dev.slipway.problem.OneLine;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a registry said instead of doing it.
///
/// @param codes of its
///   [errors](https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes)
/// @param text in its words, for a person, on one line; may be empty
/// @param wantsToken whether it asks for a token, or another one
/// @param retryAfter how long it wants to be left alone
record RegistryAnswer(
    int status,
    List<String> codes,
    String text,
    boolean wantsToken,
    Optional<Duration> retryAfter) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_CHARACTERS = 500;
  private static final Duration AFTER_SECONDARY_LIMIT = Duration.ofMinutes(1);

  // GHCR: "retry-after: 10ms, allowed: 2000/minute".
  private static final Pattern WAIT_IN_TEXT = Pattern.compile("retry-after: ([0-9]{1,9}) ?(ms|s)");

  static RegistryAnswer of(ResponseException refusal, Instant now) {
    String body = Optional.ofNullable(refusal.getContent()).orElse("");
    List<String> codes = new ArrayList<>();
    String text = OneLine.of(read(body, codes), MOST_CHARACTERS);
    Optional<Duration> retryAfter =
        Optional.ofNullable(refusal.getHeaders().getRetryAfter())
            .flatMap(header -> waitInHeader(header, now))
            .or(() -> waitInText(text));
    boolean wantsToken =
        Optional.ofNullable(refusal.getHeaders().getAuthenticate())
            .filter(wanted -> wanted.toLowerCase(Locale.ROOT).startsWith("bearer"))
            .isPresent();
    return new RegistryAnswer(
        refusal.getStatusCode(), List.copyOf(codes), text, wantsToken, retryAfter);
  }

  boolean hasCode(String code) {
    return codes.contains(code);
  }

  boolean says(String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  /// Whether the same request can succeed a moment later.
  boolean mayPass() {
    return switch (status) {
      case 403 -> isSecondaryLimit();
      // An upload that the registry lost, or the network tore: it begins anew.
      case 400, 404 -> hasCode("BLOB_UPLOAD_UNKNOWN") || hasCode("BLOB_UPLOAD_INVALID");
      default -> RetryPolicy.mayPass(status);
    };
  }

  /// The repository is not there, as opposed to something in it.
  boolean isRepositoryUnknown() {
    return status == 404 && hasCode("NAME_UNKNOWN");
  }

  /// The tag exists and the registry does not let it be moved.
  boolean isTagImmutable() {
    if (says("ImageTagAlreadyExistsException")) {
      return true;
    }
    boolean aboutTheTag = hasCode("TAG_INVALID") || status == 409 || status == 412;
    return aboutTheTag && (says("immutable") || says("cannot be overwritten"));
  }

  /// GitHub's limit on bursts, which comes as 403:
  /// [documentation](https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits).
  private boolean isSecondaryLimit() {
    return says("secondary rate limit");
  }

  /// The least time to wait before the next attempt.
  Duration leastWait() {
    return retryAfter.orElse(isSecondaryLimit() ? AFTER_SECONDARY_LIMIT : Duration.ZERO);
  }

  private static String read(String body, List<String> codes) {
    try {
      JsonNode json = JSON.readTree(body);
      List<String> messages = new ArrayList<>();
      for (JsonNode error : json.path("errors")) {
        codes.add(error.path("code").asText());
        messages.add(error.path("message").asText());
      }
      if (messages.isEmpty()) {
        messages.add(json.path("message").asText(json.path("details").asText()));
      }
      return String.join("; ", messages);
    } catch (JsonProcessingException _) {
      boolean isPage = body.stripLeading().startsWith("<");
      return isPage ? "" : body;
    }
  }

  /// [Retry-After](https://www.rfc-editor.org/rfc/rfc9110#field.retry-after): seconds or a date.
  private static Optional<Duration> waitInHeader(String header, Instant now) {
    try {
      if (header.matches("[0-9]{1,9}")) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(header)));
      }
      Instant until = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> waitInText(String text) {
    Matcher wait = WAIT_IN_TEXT.matcher(text);
    if (!wait.find()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(wait.group(1));
    return Optional.of(
        wait.group(2).equals("ms") ? Duration.ofMillis(amount) : Duration.ofSeconds(amount));
  }
}
