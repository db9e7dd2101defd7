package dev.slipway.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;

/// Reads any payload of a deployment: it is not ours, or reads the same when it is written again.
public final class DeploymentPayloadFuzz {
  private static final String COMMIT = "1".repeat(40);

  private DeploymentPayloadFuzz() {}

  /// Called by the fuzzer.
  ///
  /// @param input a payload that anybody may have written
  public static void fuzzerTestOneInput(byte[] input) {
    DeploymentPayload.read(new String(input, StandardCharsets.UTF_8), COMMIT)
        .ifPresent(payload -> {
          String text = payload.text();
          String quoted = new TextNode(text).toString();
          assertThat(DeploymentPayload.read(text, COMMIT)).contains(payload);
          assertThat(DeploymentPayload.read(quoted, COMMIT)).contains(payload);
        });
  }
}
