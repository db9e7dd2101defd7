package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.problem.OneLine;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// GitHub understood a request and said no: a status of 300 and more, or `errors` in a GraphQL
/// answer.
final class Refused extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private static final int LONGEST_MESSAGE = 400;

  private final transient Answer answer;
  private final transient Set<String> types;

  private Refused(String message, Answer answer, Set<String> types) {
    super(message);
    this.answer = answer;
    this.types = types;
  }

  /// Reads the [body of a REST
  /// refusal](https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api),
  /// which a proxy on the way may have written in any other form.
  static Refused rest(Answer answer, JsonNode body) {
    List<String> parts = new ArrayList<>();
    parts.add(body.path("message").asText());
    for (JsonNode error : body.path("errors")) {
      parts.add(
          error.isTextual() ? error.asText() : error.path("message").asText(fieldError(error)));
    }
    parts.removeIf(String::isBlank);
    String message = parts.isEmpty() ? "status " + answer.status() : String.join("; ", parts);
    return new Refused(OneLine.of(message, LONGEST_MESSAGE), answer, Set.of());
  }

  private static String fieldError(JsonNode error) {
    return "%s %s".formatted(error.path("field").asText(), error.path("code").asText()).strip();
  }

  /// Reads the `errors` of a GraphQL answer.
  static Refused graphQl(Answer answer, JsonNode errors) {
    List<String> messages = new ArrayList<>();
    errors.forEach(error -> messages.add(error.path("message").asText("no message")));
    Set<String> types =
        errors
            .valueStream()
            .map(error -> error.path("type").asText())
            .collect(Collectors.toUnmodifiableSet());
    return new Refused(OneLine.of(String.join("; ", messages), LONGEST_MESSAGE), answer, types);
  }

  int status() {
    return answer.status();
  }

  /// GitHub's words on one line.
  String message() {
    return Optional.ofNullable(getMessage()).orElse("");
  }

  Optional<String> header(String name) {
    return answer.header(name);
  }

  /// Whether GitHub's words contain `part`, in any letter case.
  boolean says(String part) {
    return message().toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  /// Whether it is the GraphQL error `type`, e.g. `STALE_DATA`.
  boolean is(String type) {
    return types.contains(type);
  }

  /// Whether the thing asked for is missing, or hidden from the token.
  boolean isNotFound() {
    return status() == 404 || is("NOT_FOUND");
  }
}
