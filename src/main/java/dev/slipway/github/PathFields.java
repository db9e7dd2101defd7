package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Asks a GraphQL `Commit` for what it has at several paths. Paths are variables, never text of the
/// document.
record PathFields(List<String> paths) {
  private static final int MOST_HISTORIES = 5;

  PathFields {
    paths = List.copyOf(paths);
  }

  /// For the head of the operation: `, $path0: String!`.
  String parameters() {
    return numbered(", $path%1$d: String!");
  }

  /// For the selection on a commit: `file0: file(path: $path0) { ... }`.
  String fields() {
    return numbered(" file%%1$d: file(path: $path%%1$d) { %s }".formatted(TreeEntry.FIELDS));
  }

  /// For the selection on a commit: who wrote to the paths lately. Of a few paths only, because
  /// GitHub walks through the history for each, and one delivery writes to all of them.
  String histories() {
    return histories(Math.min(paths.size(), MOST_HISTORIES), 10, "message");
  }

  /// The same of the first `count` paths.
  ///
  /// @param most of commits for each
  /// @param fields of each commit
  String histories(int count, int most, String fields) {
    return numbered(
        count,
        " history%%1$d: history(first: %d, path: $path%%1$d) { nodes { %s } }"
            .formatted(most, fields));
  }

  private String numbered(String format) {
    return numbered(paths.size(), format);
  }

  private static String numbered(int count, String format) {
    return IntStream.range(0, count).mapToObj(format::formatted).collect(Collectors.joining());
  }

  /// The variables, with `others` beside.
  Map<String, Object> variables(Map<String, ?> others) {
    Map<String, Object> variables = new LinkedHashMap<>(others);
    for (int i = 0; i < paths.size(); i++) {
      variables.put("path" + i, paths.get(i));
    }
    return variables;
  }

  /// What `commit` says it has, by path; paths without anything are left out.
  Map<String, TreeEntry> entries(JsonNode commit) {
    Map<String, TreeEntry> entries = new LinkedHashMap<>();
    for (int i = 0; i < paths.size(); i++) {
      String path = paths.get(i);
      TreeEntry.of(commit.path("file" + i)).ifPresent(entry -> entries.put(path, entry));
    }
    return entries;
  }

  /// The messages of the commits that wrote to each path, newest first.
  Map<String, List<String>> messages(JsonNode commit) {
    Map<String, List<String>> messages = new LinkedHashMap<>();
    for (int i = 0; i < paths.size(); i++) {
      JsonNode nodes = commit.path("history" + i).path("nodes");
      messages.put(
          paths.get(i), nodes.valueStream().map(node -> node.path("message").asText()).toList());
    }
    return messages;
  }
}
