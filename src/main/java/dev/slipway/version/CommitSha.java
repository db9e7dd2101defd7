package dev.slipway.version;

import java.util.regex.Pattern;

/// The full name of a git commit: 40 hexadecimal digits.
public record CommitSha(String value) {
  private static final Pattern GRAMMAR = Pattern.compile("[0-9a-f]{40}");

  public CommitSha {
    if (!GRAMMAR.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "not a full commit SHA of 40 hexadecimal digits: " + value);
    }
  }

  /// The first `length` digits. Cut, not asked of git, whose short names grow with the repository.
  public String shortened(int length) {
    return value.substring(0, length);
  }

  @Override
  public String toString() {
    return value;
  }
}
