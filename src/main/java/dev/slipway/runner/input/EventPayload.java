package dev.slipway.runner.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.runner.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The webhook payload of the event that started the run
/// ([form](https://docs.github.com/webhooks/webhook-events-and-payloads)).
final class EventPayload {
  // GitHub sends no larger ones.
  private static final int LARGEST = 25 * 1024 * 1024;
  private static final int DEEPEST = 64;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
              .build());

  private final JsonNode root;

  private EventPayload(JsonNode root) {
    this.root = root;
  }

  /// Reads the file that GITHUB_EVENT_PATH names.
  ///
  /// @throws ActionException when there is none, or it is no payload
  static EventPayload in(Environment environment) {
    String path =
        environment
            .text("GITHUB_EVENT_PATH")
            .orElseThrow(() -> unreadable("GITHUB_EVENT_PATH is not set"));
    try (InputStream file = Files.newInputStream(Path.of(path))) {
      byte[] bytes = file.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw unreadable("it is larger than 25 MiB");
      }
      return new EventPayload(JSON.readTree(bytes));
    } catch (JsonProcessingException e) {
      throw new ActionException(problem("it is not JSON: " + e.getOriginalMessage()), e);
    } catch (IOException | InvalidPathException e) {
      throw new ActionException(problem("`%s` cannot be opened".formatted(path)), e);
    }
  }

  private static ActionException unreadable(String why) {
    return new ActionException(List.of(problem(why)));
  }

  private static Problem problem(String why) {
    return new Problem(
        "The event that started the run cannot be read",
        why,
        "The runner writes this file for every step; look at the runner, and at what the job mounts"
            + " over `/github/workflow`.");
  }

  /// The text at `pointer`, a [JSON pointer](https://www.rfc-editor.org/rfc/rfc6901); empty when
  /// there is none.
  Optional<String> text(String pointer) {
    return Optional.ofNullable(root.at(pointer).textValue());
  }
}
