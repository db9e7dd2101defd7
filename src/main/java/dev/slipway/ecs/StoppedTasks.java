package dev.slipway.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.aws.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Why the tasks of a deployment did not stay up, in few words.
final class StoppedTasks {
  private static final int SHOWN = 3;

  private StoppedTasks() {}

  /// The distinct reasons, the most frequent first, e.g. `2 x Essential container in task exited
  /// (api: exit code 1)`.
  static List<String> reasons(List<JsonNode> tasks) {
    Map<String, Long> counts =
        tasks.stream()
            .map(StoppedTasks::reason)
            .collect(
                Collectors.groupingBy(text -> text, LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(SHOWN)
        .map(entry -> "%d x %s".formatted(entry.getValue(), entry.getKey()))
        .toList();
  }

  private static String reason(JsonNode task) {
    String containers =
        Json.elements(task.path("containers"))
            .filter(StoppedTasks::failed)
            .map(StoppedTasks::container)
            .collect(Collectors.joining(", "));
    String reason = Texts.line(task.path("stoppedReason").asText());
    return containers.isEmpty() ? reason : "%s (%s)".formatted(reason, containers);
  }

  private static boolean failed(JsonNode container) {
    return container.path("exitCode").asInt(0) != 0 || container.hasNonNull("reason");
  }

  private static String container(JsonNode container) {
    String name = container.path("name").asText();
    String exit =
        container.hasNonNull("exitCode")
            ? "exit code " + container.path("exitCode").asInt()
            : "not started";
    return container.hasNonNull("reason")
        ? "%s: %s, %s".formatted(name, exit, Texts.line(container.path("reason").asText()))
        : "%s: %s".formatted(name, exit);
  }
}
