package dev.slipway.runner.input;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/// The grammar of paths in the GitOps repository: relative to its top, and nothing that git or
/// GitHub treats in a special way.
final class RepositoryFile {
  private static final int LONGEST = 1024;
  private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cntrl}\\\\]");

  private RepositoryFile() {}

  /// Returns `path` when it can be one.
  ///
  /// @throws IllegalArgumentException when it cannot
  static String path(String path) {
    if (path.length() > LONGEST || FORBIDDEN.matcher(path).find()) {
      throw new IllegalArgumentException(
          "a path has no control characters, no `\\`, and at most %d characters"
              .formatted(LONGEST));
    }
    if (path.startsWith("/")) {
      throw new IllegalArgumentException("it begins with `/`");
    }
    String lowerCase = path.toLowerCase(Locale.ROOT);
    if (Arrays.stream(lowerCase.split("/", -1)).anyMatch(RepositoryFile::isForbidden)) {
      throw new IllegalArgumentException("it has an empty, `.`, `..` or `.git` part");
    }
    if (lowerCase.startsWith(".github/workflows/")) {
      throw new IllegalArgumentException(
          "Slipway does not touch workflows: who can write one can run anything");
    }
    return path;
  }

  private static boolean isForbidden(String segment) {
    return switch (segment) {
      case "", ".", "..", ".git" -> true;
      default -> false;
    };
  }
}
