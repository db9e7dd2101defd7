package dev.slipway.version;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A commit message of the form of [Conventional
/// Commits](https://www.conventionalcommits.org/en/v1.0.0/#specification) 1.0.0.
///
/// @param type lower case, since the case carries no meaning
/// @param marked whether a `!` before the colon marks a breaking change
public record ConventionalCommit(
    String type, Optional<String> scope, boolean marked, String description, CommitBody body) {
  private static final String TYPE = "(?!BREAKING-CHANGE:)(?<type>[\\p{L}\\p{N}_-]++)";
  private static final String SCOPE = "(?:\\((?!\\s*+\\))(?<scope>[^()]++)\\))?";

  private static final Pattern HEADER =
      Pattern.compile(TYPE + SCOPE + "(?<mark>!)?: ++(?<description>\\S.*+)", Pattern.DOTALL);

  /// Why a header that nearly is one is none.
  private static final Map<Pattern, String> NEARLY =
      Map.of(
          Pattern.compile(TYPE + SCOPE + "!?:\\S.*+", Pattern.DOTALL),
          "there is no space after the colon",
          Pattern.compile(TYPE + SCOPE + "!?:"),
          "there is no description after the colon",
          Pattern.compile(TYPE + SCOPE + "(?!!?:)\\s*+!?\\s*+:.*+", Pattern.DOTALL),
          "there is a space before the colon",
          Pattern.compile(TYPE + "\\(\\s*+\\)!?:.*+", Pattern.DOTALL),
          "the scope is empty");

  /// Reads a message; empty when its header is not conventional.
  public static Optional<ConventionalCommit> parse(String message) {
    return parse(CommitMessage.of(message));
  }

  static Optional<ConventionalCommit> parse(CommitMessage message) {
    Matcher matcher = HEADER.matcher(message.header());
    return matcher.matches()
        ? Optional.of(
            new ConventionalCommit(
                matcher.group("type").toLowerCase(Locale.ROOT),
                Optional.ofNullable(matcher.group("scope")).map(String::strip),
                matcher.group("mark") != null,
                matcher.group("description").strip(),
                CommitBody.parse(message.rest())))
        : Optional.empty();
  }

  /// Whether `line` is the header of a conventional commit.
  static boolean isHeader(String line) {
    return HEADER.matcher(line).matches();
  }

  /// Why `header` is none, for the log.
  static String whyNot(String header) {
    return NEARLY.entrySet().stream()
        .filter(reason -> reason.getKey().matcher(header).matches())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("the header is not of the form `type(scope): description`");
  }

  /// Whether the `!` or a footer tells of a breaking change.
  public boolean isBreaking() {
    return marked || !body.breakingChanges().isEmpty();
  }
}
