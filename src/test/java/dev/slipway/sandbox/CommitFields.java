package dev.slipway.sandbox;

import static dev.slipway.sandbox.FakeSchema.field;

import dev.slipway.sandbox.GitObjects.Commit;
import dev.slipway.sandbox.GitObjects.Entry;
import graphql.schema.DataFetchingEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The fields of GitHub's type `Commit`, with its files, history and checks.
final class CommitFields {
  private CommitFields() {}

  /// What a query may ask of a commit.
  static Map<String, Object> of(FakeRepository repository, Commit commit) {
    GitObjects objects = repository.objects();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("oid", commit.id());
    fields.put("message", commit.message());
    fields.put("committedDate", commit.date().toString());
    fields.put("tree", Map.of("oid", objects.tree(commit.files())));
    SortedMap<String, Entry> before =
        commit.parents().isEmpty()
            ? new TreeMap<>()
            : objects.get(commit.parents().getFirst()).files();
    fields.put("changedFilesIfAvailable", GitObjects.difference(before, commit.files()).size());
    fields.put("file", field(asked -> entry(objects, commit, asked.getArgument("path"))));
    fields.put("history", field(asked -> Optional.of(history(repository, commit, asked))));
    fields.put("statusCheckRollup", field(_ -> checks(repository)));
    fields.put(
        "parents",
        field(asked ->
            Optional.of(
                Map.of(
                    "nodes",
                    commit.parents().stream()
                        .limit(asked.<Integer>getArgument("first"))
                        .map(parent -> of(repository, objects.get(parent)))
                        .toList()))));
    return fields;
  }

  /// Like git: the commits that changed the path, nearest first.
  private static Map<String, Object> history(
      FakeRepository repository, Commit commit, DataFetchingEnvironment asked) {
    GitObjects objects = repository.objects();
    String path = asked.getArgument("path");
    return Map.of(
        "nodes",
        objects.history(commit.id()).stream()
            .map(objects::get)
            .filter(one -> changes(objects, one, path))
            .limit(asked.<Integer>getArgument("first"))
            .map(one -> of(repository, one))
            .toList());
  }

  private static boolean changes(GitObjects objects, Commit commit, String path) {
    Optional<Entry> now = Optional.ofNullable(commit.files().get(path));
    return commit.parents().isEmpty()
        ? now.isPresent()
        : commit.parents().stream()
            .noneMatch(
                parent -> now.equals(Optional.ofNullable(objects.get(parent).files().get(path))));
  }

  private static Optional<Map<String, Object>> checks(FakeRepository repository) {
    List<Map<String, Object>> checks =
        repository.rules().checks().entrySet().stream()
            .map(check -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("name", check.getKey());
              fields.put("isRequired", field(_ -> Optional.of(true)));
              check.getValue().ifPresent(end -> fields.put("conclusion", end));
              return fields;
            })
            .toList();
    return checks.isEmpty()
        ? Optional.empty()
        : Optional.of(Map.of("contexts", Map.of("nodes", checks)));
  }

  private static Optional<Map<String, Object>> entry(
      GitObjects objects, Commit commit, String path) {
    SortedMap<String, Entry> below = new TreeMap<>();
    commit
        .files()
        .forEach((file, entry) -> {
          if (file.startsWith(path + "/")) {
            below.put(file.substring(path.length() + 1), entry);
          }
        });
    if (!below.isEmpty()) {
      return Optional.of(entry(path, GitObjects.DIRECTORY, objects.tree(below), "tree", 0));
    }
    return Optional.ofNullable(commit.files().get(path))
        .map(file ->
            entry(
                path,
                file.mode(),
                file.blob(),
                "blob",
                objects.content(file.blob()).map(content -> content.length).orElse(0)));
  }

  private static Map<String, Object> entry(
      String path, int mode, String oid, String type, int size) {
    return Map.of("path", path, "mode", mode, "oid", oid, "type", type, "size", size);
  }
}
