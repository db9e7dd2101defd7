package dev.slipway.matrix;

import dev.slipway.sandbox.RecordingProxy.Request;
import java.util.Map;
import java.util.regex.Pattern;

/// One request of a run and its answer.
///
/// @param what `GitHub POST /graphql`, without names that differ from run to run
/// @param number 1 for the first such of a run
record Exchange(String what, int number) {
  private static final Map<Pattern, String> UNLIKE =
      Map.of(
          Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "*",
          Pattern.compile("(?<![0-9a-f:])[0-9a-f]{40}(?![0-9a-f])"), "*",
          Pattern.compile("_state=[^&]*&?"), "");

  /// What a request is, in words that are the same in every run.
  ///
  /// @param server who is asked
  static String what(String server, Request request) {
    String target = request.headers().getOrDefault("X-Amz-Target", "");
    String path = request.path();
    for (Map.Entry<Pattern, String> unlike : UNLIKE.entrySet()) {
      path = unlike.getKey().matcher(path).replaceAll(unlike.getValue());
    }
    return target.isEmpty()
        ? "%s %s %s".formatted(server, request.method(), path)
        : "%s %s".formatted(server, target.replaceFirst(".*\\.", ""));
  }

  @Override
  public String toString() {
    return "%s #%d".formatted(what, number);
  }
}
