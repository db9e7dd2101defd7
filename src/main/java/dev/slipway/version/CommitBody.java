package dev.slipway.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What stands below the header of a commit message.
///
/// The footers begin at the first line after a blank one that has a footer's form, or at a line
/// that tells of a breaking change wherever it stands: missing one is worse than reading one too
/// many.
///
/// @param text free-form paragraphs
/// @param footers in the order they were written; the value of one ends where the next begins
public record CommitBody(String text, List<Footer> footers) {
  public CommitBody {
    footers = List.copyOf(footers);
  }

  /// Reads everything after the header's line.
  static CommitBody parse(String rest) {
    String[] lines = rest.split("\n", -1);
    int start = 0;
    while (start < lines.length && !beginsFooters(lines, start)) {
      start++;
    }
    String text = String.join("\n", List.of(lines).subList(0, start)).strip();
    return new CommitBody(text, footers(List.of(lines).subList(start, lines.length)));
  }

  private static boolean beginsFooters(String[] lines, int at) {
    return Footer.isBreaking(lines[at])
        || (at > 0 && lines[at - 1].isBlank() && Footer.beginning(lines[at]).isPresent());
  }

  private static List<Footer> footers(List<String> lines) {
    List<Footer> footers = new ArrayList<>();
    int end = lines.size();
    for (int start = lines.size() - 1; start >= 0; start--) {
      Optional<Footer> footer = Footer.beginning(lines.get(start));
      if (footer.isPresent()) {
        footers.add(footer.get().and(lines.subList(start + 1, end)));
        end = start;
      }
    }
    return footers.reversed();
  }

  /// What breaks, one text for each breaking footer.
  public List<String> breakingChanges() {
    return footers.stream().filter(Footer::isBreaking).map(Footer::value).toList();
  }

  /// The values of the footers called `token`, in any case.
  public List<String> values(String token) {
    return footers.stream().filter(footer -> footer.is(token)).map(Footer::value).toList();
  }
}
