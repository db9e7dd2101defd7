package dev.slipway.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.aws.AwsProblems;
import dev.slipway.aws.Json;
import dev.slipway.delivery.Pace;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/// Sends a command so that it runs once: Systems Manager takes the same command twice, so after an
/// answer that was lost it is looked for before it is sent again.
final class Sending {
  private static final Pattern ID = Pattern.compile("[0-9a-fA-F-]{36}");
  private static final int LOOKS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  // Between the clock of this machine and that of AWS.
  private static final Duration CLOCKS = Duration.ofMinutes(15);

  private final SsmApi api;
  private final Command command;
  private final Instant start = Instant.now();

  Sending(SsmApi api, Command command) {
    this.api = api;
    this.command = command;
  }

  /// Sends it.
  ///
  /// @return its id
  /// @throws dev.slipway.problem.ActionException when AWS refuses, or cannot be reached
  String send() {
    ObjectNode body = command.body();
    Pace.Attempts attempts = api.aws().pace().attempts("AWS");
    while (true) {
      try {
        return id(api.once("SendCommand", body).path("Command"))
            .orElseThrow(SsmProblems::strangeAnswer);
      } catch (SdkException e) {
        Optional<String> sent = AwsProblems.mayPass(e) && !isBusy(e) ? search() : Optional.empty();
        if (sent.isPresent()) {
          return sent.get();
        }
        if (!AwsProblems.mayPass(e) || !attempts.again()) {
          throw SsmProblems.notSent(e);
        }
      }
    }
  }

  /// Whether AWS has certainly not taken the command.
  private static boolean isBusy(SdkException failure) {
    return failure instanceof SdkServiceException answered && answered.isThrottlingException();
  }

  /// The id of the command if AWS has it, which may take a moment to show.
  private Optional<String> search() {
    Duration pause = FIRST_PAUSE;
    for (int look = 0; look < LOOKS; look++) {
      api.ticker().pause(pause);
      pause = pause.multipliedBy(2);
      Optional<String> found = api.patiently(this::recent, SsmProblems::unknownWhetherSent);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> recent() {
    ObjectNode body = Json.object();
    ArrayNode filters = body.putArray("Filters");
    filters.addObject().put("key", "DocumentName").put("value", Command.DOCUMENT);
    filters
        .addObject()
        .put("key", "InvokedAfter")
        .put("value", start.minus(CLOCKS).truncatedTo(ChronoUnit.SECONDS).toString());
    return api.pages("ListCommands", body, "Commands").stream()
        .filter(sent -> sent.path("Comment").asText("").equals(command.comment()))
        .flatMap(sent -> id(sent).stream())
        .findFirst();
  }

  private static Optional<String> id(JsonNode sent) {
    return Optional.of(sent.path("CommandId").asText("")).filter(id -> ID.matcher(id).matches());
  }
}
