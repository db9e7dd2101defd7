package dev.slipway.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.aws.AwsProblems;
import dev.slipway.aws.Json;
import dev.slipway.delivery.EcsCluster.Content;
import dev.slipway.delivery.EcsCluster.Service;
import dev.slipway.image.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;

/// Compares what the tasks of a deployment run with what was delivered, by digest: a tag can be
/// pointed elsewhere between the push and the moment in which ECS reads it.
///
/// ECS reports the digest of the image's index or that of the one platform that runs, which of the
/// two depends on where the task runs. Both are the image; a platform's can be told from a
/// stranger's only where the index is known.
record ImageProof(EcsApi api, Service service, Content content) {

  /// What the comparison came to.
  sealed interface Finding {
    /// They run it.
    record Same(int tasks, String digests) implements Finding {}

    /// They run something else.
    record Other(String why) implements Finding {}

    /// Nobody can tell.
    record Unknown(String why) implements Finding {}
  }

  /// Looks at the running tasks.
  ///
  /// @param name of the service
  /// @param deployment its id
  Finding look(String name, String deployment) {
    if (content.digest().isEmpty()) {
      return new Finding.Unknown("the digest of the image is not known; `image-digest` names it");
    }
    try {
      return compare(
          api.runningTasks(name, deployment).stream()
              .filter(task -> task.path("lastStatus").asText().equals("RUNNING"))
              .toList());
    } catch (SdkException e) {
      return new Finding.Unknown(
          "AWS does not show the tasks%s; it needs ecs:ListTasks and ecs:DescribeTasks"
              .formatted(AwsProblems.code(e).isEmpty() ? "" : " (" + AwsProblems.code(e) + ")"));
    }
  }

  private Finding compare(List<JsonNode> tasks) {
    List<String> running =
        tasks.stream()
            .flatMap(task -> Json.elements(task.path("containers")))
            .filter(container -> container.path("name").asText().equals(service.container()))
            .map(container -> container.path("imageDigest").asText())
            .filter(digest -> !digest.isEmpty())
            .toList();
    if (running.isEmpty()) {
      return new Finding.Unknown("ECS does not say which digest its tasks run");
    }
    Set<String> ours = ours();
    Set<String> foreign = new TreeSet<>(running);
    foreign.removeAll(ours);
    if (foreign.isEmpty()) {
      return new Finding.Same(running.size(), String.join(", ", new TreeSet<>(running)));
    }
    String why =
        "the container %s runs %s, and %s is %s"
            .formatted(
                service.container(),
                String.join(", ", foreign),
                service.image(),
                content.digest().orElseThrow());
    return content.parts().isPresent()
        ? new Finding.Other(why)
        : new Finding.Unknown(why + ", of which the other may be a platform");
  }

  private Set<String> ours() {
    List<Digest> digests = new ArrayList<>(content.digest().stream().toList());
    content.parts().ifPresent(digests::addAll);
    return digests.stream().map(Digest::value).collect(Collectors.toSet());
  }
}
