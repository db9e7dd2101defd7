package dev.slipway.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ecs.ServiceHistory.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Task definitions that are one and the same under several ARNs: one that was deregistered is
/// registered anew when a service returns to it.
final class Namesakes {
  private final EcsApi api;
  private final Map<String, Map<String, Set<String>>> images = new HashMap<>();
  private final Map<String, Optional<JsonNode>> definitions = new HashMap<>();

  Namesakes(EcsApi api, ServiceHistory history) {
    this.api = api;
    for (Entry entry : history.entries()) {
      images.putIfAbsent(entry.definition(), entry.images());
    }
  }

  /// Whether two definitions say the same. Only those with the same images are read and compared.
  boolean same(String one, String other) {
    return one.equals(other)
        || (images.containsKey(one)
            && !images.get(one).isEmpty()
            && images.get(one).equals(images.get(other))
            && definition(one)
                .flatMap(left -> definition(other).map(right -> Sameness.of(left, right)))
                .orElse(false));
  }

  private Optional<TaskDefinition> definition(String arn) {
    return definitions.computeIfAbsent(arn, api::anyTaskDefinition).map(TaskDefinition::described);
  }
}
