package dev.slipway.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.Expectation.Image;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A pod of the resource tree.
///
/// @param reason what `kubectl get pods` shows as its status: `ImagePullBackOff`, ...
/// @param delivered whether it runs a delivered image; others may linger from before
record Pod(String name, String reason, String health, String message, boolean delivered) {
  private static final Set<String> FINE =
      Set.of("Running", "Completed", "Succeeded", "Terminating");

  /// The pods that are not well, in words; those with a delivered image first.
  static List<String> troubled(JsonNode tree, List<Image> images) {
    return stream(tree.path("nodes"))
        .filter(node -> node.path("kind").asText().equals("Pod"))
        .map(node -> read(node, images))
        .filter(Pod::isTroubled)
        .sorted(Comparator.comparing(Pod::delivered).reversed())
        .map(Pod::toString)
        .toList();
  }

  private static Pod read(JsonNode node, List<Image> images) {
    return new Pod(
        node.path("name").asText(),
        stream(node.path("info"))
            .filter(info -> info.path("name").asText().equals("Status Reason"))
            .map(info -> info.path("value").asText())
            .findFirst()
            .orElse(""),
        node.path("health").path("status").asText(),
        node.path("health").path("message").asText(),
        stream(node.path("images"))
            .map(image -> ImageText.parse(image.asText()))
            .anyMatch(text -> images.stream().anyMatch(text::mirrors)));
  }

  private boolean isTroubled() {
    return !FINE.contains(reason) || health.equals("Degraded");
  }

  @Override
  public String toString() {
    return "%s is %s%s"
        .formatted(name, reason.isEmpty() ? health : Texts.line(reason), Texts.bracketed(message));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
