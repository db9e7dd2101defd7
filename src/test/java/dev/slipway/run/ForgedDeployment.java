package dev.slipway.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.sandbox.FakeDeployment;
import dev.slipway.sandbox.FakeRepository;
import java.time.Instant;

/// What anybody with `deployments: write` can do to the ledger.
final class ForgedDeployment {
  private ForgedDeployment() {}

  /// Writes the newest deployment once more, as one that went well, with another text in its
  /// payload.
  static void afterTheNewest(FakeRepository repository, String text, String other) {
    FakeDeployment newest = repository.deployments().getLast();
    String payload =
        newest.payload().isTextual() ? newest.payload().asText() : "" + newest.payload();
    if (!payload.contains(text)) {
      throw new IllegalArgumentException(text + " is not in " + payload);
    }
    ObjectNode request =
        JsonNodeFactory.instance
            .objectNode()
            .put("environment", newest.environment())
            .put("task", newest.task())
            .put("payload", payload.replace(text, other));
    repository
        .deploy(newest.commit(), request)
        .add(new FakeDeployment.Status("SUCCESS", "", "", Instant.parse("2026-01-01T00:00:00Z")));
  }
}
