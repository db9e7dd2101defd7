package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.GitOpsHistory.Change;
import dev.slipway.version.CommitSha;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// The commits that touched some files, file by file as GitHub tells them, and all in one line.
final class FileHistories {
  /// GitHub walks through the history for each file, and gives up after ten seconds.
  static final int MOST_FILES = 10;

  private static final int MOST_COMMITS = 50;

  private final List<Deque<Dated>> files = new ArrayList<>();

  /// A commit and when it was committed, as its committer's clock says.
  private record Dated(Change change, Instant date) {
    static Dated of(JsonNode commit) {
      return new Dated(
          new Change(new CommitSha(commit.path("oid").asText()), commit.path("message").asText()),
          GraphQl.date(commit.path("committedDate")));
    }
  }

  static String document(PathFields paths) {
    return """
    query FileHistories($owner: String!, $name: String!, $oid: GitObjectID!%s) {
      repository(owner: $owner, name: $name) {
        object(oid: $oid) { ... on Commit { oid %s } }
      }
    }
    """
        .formatted(
            paths.parameters(),
            paths.histories(paths.paths().size(), MOST_COMMITS, "oid message committedDate"));
  }

  /// Adds what GitHub says of the files of one query.
  void add(PathFields paths, JsonNode commit) {
    IntStream.range(0, paths.paths().size())
        .mapToObj(index -> commit.path("history" + index).path("nodes"))
        .map(nodes -> new ArrayDeque<>(nodes.valueStream().map(Dated::of).toList()))
        .forEach(files::add);
  }

  /// Takes the newest of what comes next in the files, time and again. Clocks differ, so a file's
  /// own order, which is that of the commits, goes before their dates.
  List<Change> merged() {
    Set<Change> merged = new LinkedHashSet<>();
    for (Optional<Dated> next = next(); next.isPresent(); next = next()) {
      Dated taken = next.get();
      merged.add(taken.change());
      files.stream().filter(file -> taken.equals(file.peekFirst())).forEach(Deque::removeFirst);
    }
    return List.copyOf(merged);
  }

  private Optional<Dated> next() {
    return files.stream()
        .map(Deque::peekFirst)
        .filter(Objects::nonNull)
        .max(Comparator.comparing(this::comesFirst).thenComparing(Dated::date));
  }

  /// Whether no file has another commit before it.
  private boolean comesFirst(Dated commit) {
    return files.stream().noneMatch(file -> file.stream().skip(1).anyMatch(commit::equals));
  }
}
