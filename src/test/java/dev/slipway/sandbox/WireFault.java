package dev.slipway.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a [RecordingProxy] does to a request instead of passing it on.
public sealed interface WireFault {
  /// Answers in the server's place, once the whole request is there.
  record Answer(int status, Map<String, String> headers, String body) implements WireFault {}

  /// Tears the connection after so many bytes of the request's body.
  record ResetAfter(long bytes) implements WireFault {}

  /// Lets the server do it, and tears the connection instead of telling.
  record LoseAnswer() implements WireFault {}

  /// Lets the server do it, and says nothing for as long as the client waits.
  record Silence() implements WireFault {}

  /// Lets the server do it, and ends the connection in the middle of the answer.
  record CutAnswer() implements WireFault {}

  /// An answer without a body.
  static WireFault status(int status) {
    return new Answer(status, Map.of(), "");
  }

  /// An answer as registries give it when they refuse.
  static WireFault refusal(int status, String code, String message) {
    return new Answer(
        status,
        Map.of("Content-Type", "application/json"),
        "{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}".formatted(code, message));
  }

  /// The answer with one more header.
  static WireFault with(WireFault fault, String header, String value) {
    if (!(fault instanceof Answer(int status, Map<String, String> headers, String body))) {
      throw new IllegalArgumentException("only an answer has headers");
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }
}
