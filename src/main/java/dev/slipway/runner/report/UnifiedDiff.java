package dev.slipway.runner.report;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.slipway.delivery.FileChange;
import dev.slipway.values.FileContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a change does to one file, as `diff -u` shows it.
final class UnifiedDiff {
  private static final int CONTEXT = 3;
  private static final int MOST_LINES = 400;
  private static final int LONGEST_LINE = 500;

  private UnifiedDiff() {}

  /// The lines; none when the file stays as it is. What is too much to read is cut, and says so.
  static List<String> of(FileChange change) {
    if (!change.changes()) {
      return List.of();
    }
    Optional<List<String>> before =
        change.before().map(UnifiedDiff::lines).orElse(Optional.of(List.of()));
    Optional<List<String>> after = lines(change.after());
    if (before.isEmpty() || after.isEmpty()) {
      return List.of("Not text: %s.".formatted(change.after()));
    }
    List<String> diff =
        UnifiedDiffUtils.generateUnifiedDiff(
            change.before().isPresent() ? "a/" + change.path() : "/dev/null",
            "b/" + change.path(),
            before.get(),
            DiffUtils.diff(before.get(), after.get()),
            CONTEXT);
    // The library counts the lines of an empty file from 1; diff and patch count from 0.
    return cut(diff.stream().map(line -> line.replaceFirst("^@@ -1,0 ", "@@ -0,0 ")).toList());
  }

  private static Optional<List<String>> lines(FileContent content) {
    return content
        .text()
        .map(UnknownDigest::told)
        .map(text -> {
          List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
          // What follows the last line feed is no line; without that line feed it is one, and
          // marked.
          String last = lines.removeLast();
          if (!last.isEmpty()) {
            lines.add(last + "\n\\ No newline at end of file");
          }
          return lines;
        });
  }

  private static List<String> cut(List<String> lines) {
    List<String> shown =
        new ArrayList<>(
            lines.stream()
                .flatMap(String::lines)
                .limit(MOST_LINES)
                .map(line ->
                    line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…")
                .toList());
    if (lines.size() > MOST_LINES) {
      shown.add("… %d more lines".formatted(lines.size() - MOST_LINES));
    }
    return shown;
  }
}
