package dev.slipway.version;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The notes of a release: what changed, by weight, and where to find it. The same changes always
/// give the same text.
///
/// @param repository the repository's page
/// @param previousTag the release before; empty for the first
/// @param images what was pushed, as `name:tag@digest`
public record Changelog(
    List<Change> changes,
    URI repository,
    Optional<String> previousTag,
    String tagName,
    List<String> images) {
  /// The longest text in characters that GitHub takes for a release. It is documented nowhere; the
  /// refusal names it.
  private static final int LONGEST = 125_000;

  private static final String LEFT_OUT =
      "*%d more are left out: the list is longer than a release page may be.*";

  public Changelog {
    changes = List.copyOf(changes);
    images = List.copyOf(images);
  }

  /// The notes as Markdown for GitHub.
  public String markdown() {
    return markdown(LONGEST);
  }

  /// The same notes with what was pushed.
  public Changelog with(List<String> pushed) {
    return new Changelog(changes, repository, previousTag, tagName, pushed);
  }

  /// The notes of a release that is there already, whoever wrote them, with the images of this one:
  /// nothing else changes, and a line about an earlier push of the same tag is brought up to date.
  ///
  /// @param written the present notes
  public String completing(String written) {
    if (written.isBlank()) {
      return markdown();
    }
    String text = written;
    for (String image : images) {
      text = completing(text, image);
    }
    return text.length() <= LONGEST ? text : written;
  }

  private static String completing(String text, String image) {
    String line = imageLine(image);
    if (text.contains(line)) {
      return text;
    }
    String name = image.substring(0, image.indexOf('@') + 1);
    Matcher stale =
        Pattern.compile("^" + Pattern.quote("**Image**: `" + name) + "[^`\\n]*`", Pattern.MULTILINE)
            .matcher(text);
    if (stale.find()) {
      return stale.replaceFirst(Matcher.quoteReplacement(line));
    }
    int end = text.lastIndexOf("**Full changelog**");
    return end < 0
        ? text.stripTrailing() + "\n\n" + line + "\n"
        : text.substring(0, end) + line + "\n\n" + text.substring(end);
  }

  private static String imageLine(String image) {
    return "**Image**: `" + image + "`";
  }

  String markdown(int longest) {
    String all = text(lines());
    return all.length() <= longest ? all : text(cut(lines(), longest));
  }

  private List<String> cut(List<String> lines, int longest) {
    int room = longest - text(List.of("", LEFT_OUT.formatted(changes.size()))).length();
    List<String> kept = new ArrayList<>();
    for (String line : lines) {
      room -= line.length() + 1;
      if (room < 0) {
        break;
      }
      kept.add(line);
    }
    // A title without a list below it says nothing.
    while (!kept.isEmpty() && !kept.getLast().stripLeading().startsWith("- ")) {
      kept.removeLast();
    }
    long shown = kept.stream().filter(line -> line.startsWith("- ")).count();
    kept.addAll(List.of("", LEFT_OUT.formatted(changes.size() - shown)));
    return kept;
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Bump bump : List.of(Bump.MAJOR, Bump.MINOR, Bump.PATCH, Bump.NONE)) {
      List<Change> group = changes.stream().filter(change -> change.bump() == bump).toList();
      if (!group.isEmpty()) {
        lines.addAll(lines.isEmpty() ? List.of() : List.of(""));
        lines.addAll(List.of("### " + title(bump), ""));
        group.forEach(change -> lines.addAll(entry(change)));
      }
    }
    return lines.isEmpty() ? List.of("Nothing was changed.") : lines;
  }

  private static String title(Bump bump) {
    return switch (bump) {
      case MAJOR -> "Breaking changes";
      case MINOR -> "Features";
      case PATCH -> "Fixes";
      case NONE -> "Other changes";
    };
  }

  private static List<String> entry(Change change) {
    String text =
        change
            .conventional()
            .map(commit -> label(commit) + MarkdownLine.of(commit.description()))
            .orElseGet(() -> MarkdownLine.of(change.header()));
    // GitHub links the commit's name by itself.
    String entry = "- %s (%s)".formatted(text, change.commit().shortened(7));
    Stream<String> details =
        change.breakingChanges().stream()
            .map(Changelog::firstParagraph)
            .filter(detail -> !change.header().endsWith(detail))
            .map(detail -> "  - " + MarkdownLine.of(detail));
    return Stream.concat(Stream.of(entry), details).toList();
  }

  /// The scope, and the type where the group's title does not say it.
  private static String label(ConventionalCommit commit) {
    String type =
        switch (commit.type()) {
          case "feat", "feature", "fix" -> "";
          default -> commit.type();
        };
    String label =
        commit.scope().map(scope -> type.isEmpty() ? scope : type + "(" + scope + ")").orElse(type);
    return label.isEmpty() ? "" : "**" + MarkdownLine.of(label) + ":** ";
  }

  private static String firstParagraph(String text) {
    return text.split("\n\\s*\n", 2)[0].replace('\n', ' ');
  }

  /// The lines with what always stands below them.
  private String text(List<String> lines) {
    String where =
        previousTag
            .map(previous -> "/compare/" + inUrl(previous) + "..." + inUrl(tagName))
            .orElse("/commits/" + inUrl(tagName));
    return Stream.of(
            lines.stream(),
            images.stream().map(image -> "\n" + imageLine(image)),
            Stream.of("\n**Full changelog**: " + repository + where + "\n"))
        .flatMap(part -> part)
        .collect(Collectors.joining("\n"));
  }

  private static String inUrl(String tagName) {
    return URLEncoder.encode(tagName, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%2F", "/");
  }
}
