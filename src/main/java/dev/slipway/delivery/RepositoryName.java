package dev.slipway.delivery;

import java.util.regex.Pattern;

/// A GitHub repository: `owner/name`.
public record RepositoryName(String owner, String name) {
  private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_-]{0,99})");
  private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,100}");

  public RepositoryName {
    if (!OWNER.matcher(owner).matches() || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "`%s/%s` is not a repository; write it as owner/name".formatted(owner, name));
    }
  }

  /// Reads `owner/name`.
  ///
  /// @throws IllegalArgumentException for anything else
  public static RepositoryName parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "`%s` is not a repository; write it as owner/name".formatted(text));
    }
    return new RepositoryName(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  public String toString() {
    return owner + "/" + name;
  }
}
