package dev.slipway.registry.archive;

import java.util.ArrayDeque;
import java.util.Deque;

/// Names of tar entries in the one form in which they are compared: no `./`, no doubled or final
/// slash.
final class TarName {
  private TarName() {}

  /// The normal form of `written`; empty for the archive's root.
  ///
  /// @throws Refused when it is absolute, has a `..` segment or a NUL
  static String normalise(String written) {
    return walk("", written, false);
  }

  /// Where the symbolic link `name` points to.
  ///
  /// @throws Refused when that is outside of the archive
  static String linkTarget(String name, String target) {
    return walk(name.substring(0, Math.max(0, name.lastIndexOf('/'))), target, true);
  }

  private static String walk(String from, String written, boolean upwards) {
    if (written.startsWith("/") || written.indexOf('\0') >= 0) {
      throw TarProblems.leavesArchive(written);
    }
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : (from + "/" + written).split("/", -1)) {
      switch (segment) {
        case "", "." -> {}
        case ".." -> {
          if (!upwards || segments.pollLast() == null) {
            throw TarProblems.leavesArchive(written);
          }
        }
        default -> segments.addLast(segment);
      }
    }
    return String.join("/", segments);
  }
}
