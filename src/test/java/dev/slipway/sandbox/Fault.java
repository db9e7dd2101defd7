package dev.slipway.sandbox;

import java.time.Duration;
import java.util.Map;

/// What goes wrong with one request to [FakeGitHub].
public sealed interface Fault {
  /// Another answer, and no effect.
  record Instead(int status, Map<String, String> headers, String body) implements Fault {}

  /// The connection breaks before the request has any effect.
  record Broken() implements Fault {}

  /// The effect happens, and then the connection breaks.
  record AnswerLost() implements Fault {}

  /// The answer's body comes only after this time.
  record Stalled(Duration delay) implements Fault {}

  /// Something else happens first; the request itself is all right.
  record Overtaken(Runnable by) implements Fault {}

  static Fault status(int status) {
    return new Instead(status, Map.of(), "");
  }

  static Fault status(int status, String message) {
    return new Instead(status, Map.of(), "{\"message\":\"%s\"}".formatted(message));
  }

  /// An error in a GraphQL answer of status 200.
  static Fault graphQlError(String type, String message) {
    return new Instead(
        200,
        Map.of("Content-Type", "application/json"),
        "{\"data\":null,\"errors\":[{\"type\":\"%s\",\"message\":\"%s\"}]}"
            .formatted(type, message));
  }
}
