package dev.slipway.argocd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A managed resource that names container images: a Deployment, a CronJob, a Rollout, ...
///
/// @param declared the images that Git asks for
/// @param live the images that the cluster's resource asks for; running or not, so that a workload
///   scaled to zero and a CronJob before its time count
record Workload(String name, List<ImageText> declared, List<ImageText> live) {
  private static final JsonMapper JSON = new JsonMapper();

  /// Reads the answer of `managed-resources`; resources that declare no image are left out.
  static List<Workload> read(JsonNode answer) {
    return StreamSupport.stream(answer.path("items").spliterator(), false)
        .map(item ->
            new Workload(
                item.path("kind").asText() + "/" + item.path("name").asText(),
                images(item.path("targetState").asText()),
                images(item.path("liveState").asText())))
        .filter(workload -> !workload.declared().isEmpty())
        .toList();
  }

  /// Every text named `image`, wherever: each kind of workload nests its pod template elsewhere.
  private static List<ImageText> images(String manifest) {
    if (!manifest.contains("\"image\"")) {
      return List.of();
    }
    try {
      List<String> found = new ArrayList<>();
      collect(JSON.readTree(manifest), found);
      return found.stream().map(ImageText::parse).toList();
    } catch (JsonProcessingException _) {
      return List.of();
    }
  }

  private static void collect(JsonNode node, List<String> found) {
    node.path("image")
        .asText("")
        .lines()
        .findFirst()
        .filter(text -> !text.isBlank())
        .ifPresent(found::add);
    children(node).forEach(child -> collect(child, found));
  }

  /// What lies below; not the copy of the manifest that `kubectl apply` leaves in an annotation,
  /// which is text anyway.
  private static Stream<JsonNode> children(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).filter(JsonNode::isContainerNode);
  }
}
