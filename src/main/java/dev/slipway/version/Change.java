package dev.slipway.version;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What one message says was changed. A squash merge's commit holds several.
///
/// @param commit the commit that holds the message
/// @param conventional empty for a message in free form
/// @param breakingChanges what the breaking footers say; they count in a message in free form too
/// @param why where the bump comes from, for the log
public record Change(
    CommitSha commit,
    String header,
    Optional<ConventionalCommit> conventional,
    List<String> breakingChanges,
    Bump bump,
    String why) {
  private static final Pattern REVERT = Pattern.compile("(?:Revert|Reapply) \".*+", Pattern.DOTALL);

  private static final Pattern NOT_UPPER_CASE =
      Pattern.compile("^(?!BREAKING)(?i)breaking[ -]change:", Pattern.MULTILINE);

  public Change {
    breakingChanges = List.copyOf(breakingChanges);
  }

  static Change of(CommitSha commit, CommitMessage message) {
    Optional<ConventionalCommit> conventional = ConventionalCommit.parse(message);
    // In free form, `BREAKING CHANGE: ...` may be the header itself.
    List<String> breaking =
        conventional
            .map(ConventionalCommit::body)
            .orElseGet(() -> CommitBody.parse(message.header() + "\n" + message.rest()))
            .breakingChanges();
    Bump bump =
        breaking.isEmpty()
            ? conventional.map(Change::bump).orElse(isRevert(message) ? Bump.PATCH : Bump.NONE)
            : Bump.MAJOR;
    String why = breaking.isEmpty() ? why(conventional, message) : "a footer says BREAKING CHANGE";
    return new Change(commit, message.header(), conventional, breaking, bump, why);
  }

  private static Bump bump(ConventionalCommit commit) {
    if (commit.marked()) {
      return Bump.MAJOR;
    }
    return switch (commit.type()) {
      case "feat", "feature" -> Bump.MINOR;
      case "fix", "perf", "revert" -> Bump.PATCH;
      default -> Bump.NONE;
    };
  }

  private static String why(Optional<ConventionalCommit> conventional, CommitMessage message) {
    String reason =
        conventional
            .map(commit ->
                commit.marked() ? "`!` marks a breaking change" : "its type is " + commit.type())
            .orElseGet(() ->
                isRevert(message)
                    ? "it undoes an earlier commit"
                    : "not conventional: " + ConventionalCommit.whyNot(message.header()));
    boolean overlooked = NOT_UPPER_CASE.matcher(message.header() + "\n" + message.rest()).find();
    return overlooked ? reason + "; BREAKING CHANGE counts in upper case only" : reason;
  }

  /// Whether git wrote the message, to undo a commit or to undo that again.
  static boolean isRevert(CommitMessage message) {
    return REVERT.matcher(message.header()).matches();
  }

  /// Whether the message can be read at all: what asks for a bump, and what is conventional.
  boolean isReadable() {
    return conventional.isPresent() || bump != Bump.NONE;
  }
}
