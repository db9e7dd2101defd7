package dev.slipway.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.TokenShapes;

/// What a machine made of a command.
///
/// @param exitCode of the script; -1: it was never begun
/// @param output what it printed, or the end of it, with tokens of any kind hidden
record Result(Invocation invocation, int exitCode, String output) {
  // Systems Manager's own limit, held here too.
  private static final int MOST_OUTPUT = 24_000;

  /// Nothing but how it ended.
  static Result bare(Invocation invocation) {
    return new Result(invocation, -1, "");
  }

  /// From GetCommandInvocation's answer.
  static Result read(JsonNode answer) {
    String output = end(answer.path("StandardOutputContent").asText(""));
    String errors = end(answer.path("StandardErrorContent").asText(""));
    String separator = output.isBlank() || output.endsWith("\n") ? "" : "\n";
    return new Result(
        Invocation.read(answer),
        answer.path("ResponseCode").asInt(-1),
        TokenShapes.hide(errors.isBlank() ? output : output + separator + errors));
  }

  private static String end(String text) {
    return text.length() <= MOST_OUTPUT ? text : text.substring(text.length() - MOST_OUTPUT);
  }

  boolean isGood() {
    return invocation.status() == Invocation.Status.SUCCESS && exitCode == 0;
  }
}
