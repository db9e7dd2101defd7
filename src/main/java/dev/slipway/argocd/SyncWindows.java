package dev.slipway.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The windows of an application's project that keep it from being synced now;
/// [rules](https://argo-cd.readthedocs.io/en/stable/user-guide/sync_windows/).
final class SyncWindows {
  private SyncWindows() {}

  /// The blocking ones in words: an open window that denies; or, where none that allows is open,
  /// all those that would allow.
  static List<String> blocking(JsonNode answer) {
    List<JsonNode> active = list(answer.path("activeWindows"));
    if (active.stream().anyMatch(SyncWindows::denies)) {
      return active.stream()
          .filter(SyncWindows::denies)
          .map(window -> "closed by " + text(window))
          .toList();
    }
    return active.isEmpty()
        ? list(answer.path("assignedWindows")).stream()
            .filter(window -> !denies(window))
            .map(window -> "closed until " + text(window))
            .toList()
        : List.of();
  }

  private static boolean denies(JsonNode window) {
    return window.path("kind").asText().equals("deny");
  }

  private static String text(JsonNode window) {
    return "%s `%s` for %s, %s"
        .formatted(
            window.path("kind").asText(),
            Texts.line(window.path("schedule").asText()),
            Texts.line(window.path("duration").asText()),
            window.path("manualSync").asBoolean()
                ? "which lets manual syncs through"
                : "also for manual syncs");
  }

  private static List<JsonNode> list(JsonNode array) {
    Stream<JsonNode> elements = StreamSupport.stream(array.spliterator(), false);
    return elements.toList();
  }
}
