package dev.slipway.runner.input;

import java.util.regex.Pattern;

/// The grammar of git's branch names: [git
/// check-ref-format](https://git-scm.com/docs/git-check-ref-format) with `--branch`.
final class GitReference {
  // A branch is a file name in git's own folder; longer ones fail there.
  private static final int LONGEST = 240;
  private static final Pattern FORBIDDEN =
      Pattern.compile("[\\p{Cntrl} ~^:?*\\[\\\\]|\\.\\.|@\\{|//");
  private static final Pattern FORBIDDEN_COMPONENT = Pattern.compile("\\..*|.*\\.lock|.*\\.");

  private GitReference() {}

  /// Returns `name` when it can be a branch.
  ///
  /// @throws IllegalArgumentException when it cannot
  static String branch(String name) {
    if (name.startsWith("refs/")) {
      throw new IllegalArgumentException("it is a full reference, a branch name is wanted");
    }
    if (name.startsWith("-")
        || name.equals("@")
        || name.equals("HEAD")
        || name.length() > LONGEST) {
      throw new IllegalArgumentException(
          "git allows no branch that begins with `-`, is called `@` or `HEAD`, or is longer than %d characters"
              .formatted(LONGEST));
    }
    if (FORBIDDEN.matcher(name).find() || name.startsWith("/") || name.endsWith("/")) {
      throw new IllegalArgumentException(
          "git allows no blanks, no control characters, none of `~ ^ : ? * [ \\`, no `..`, `@{` or"
              + " `//`, and no `/` at either end of a branch name");
    }
    for (String component : name.split("/", -1)) {
      if (FORBIDDEN_COMPONENT.matcher(component).matches()) {
        throw new IllegalArgumentException(
            "git allows no part of a branch name that begins with `.` or ends with `.` or `.lock`");
      }
    }
    return name;
  }
}
