package dev.slipway.version;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A footer of a commit message: `Refs: 676104e`, `Closes #12`, `BREAKING CHANGE: ...`.
///
/// Grammar: rules 8 to 12 and 16 of [Conventional
/// Commits](https://www.conventionalcommits.org/en/v1.0.0/#specification).
///
/// @param token as it was written, e.g. `Reviewed-by`
/// @param value may have several lines
public record Footer(String token, String value) {
  // Git strips the blank after a colon that ends its line; the text of a breaking change may follow
  // on the next one.
  private static final Pattern BREAKING = Pattern.compile("(BREAKING[ -]CHANGE):(?: (.*+)|)");

  private static final Pattern OTHER =
      Pattern.compile("(?!BREAKING-CHANGE)([\\p{L}\\p{N}][\\p{L}\\p{N}-]*+)(?:: | #)(.*+)");

  /// Whether `line` begins a breaking change. Upper case only, unlike any other word.
  static boolean isBreaking(String line) {
    return BREAKING.matcher(line).matches();
  }

  /// The footer that begins with `line`, if one does.
  static Optional<Footer> beginning(String line) {
    Matcher breaking = BREAKING.matcher(line);
    Matcher matcher = breaking.matches() ? breaking : OTHER.matcher(line);
    return matcher.matches()
        ? Optional.of(
            new Footer(matcher.group(1), Optional.ofNullable(matcher.group(2)).orElse("")))
        : Optional.empty();
  }

  /// The footer with the further lines of its value.
  Footer and(List<String> lines) {
    return new Footer(token, (value + "\n" + String.join("\n", lines)).strip());
  }

  /// Whether it tells of a breaking change. One without a text tells nothing: it is what a template
  /// left behind.
  public boolean isBreaking() {
    return token.matches("BREAKING[ -]CHANGE") && !value.isBlank();
  }

  /// Whether its token is `name`, in any case.
  public boolean is(String name) {
    return token.equalsIgnoreCase(name);
  }
}
