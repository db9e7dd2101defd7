package dev.slipway.version;

import java.util.Collection;

/// An image tag that always points at the newest release of a line, and so moves.
///
/// A patch of an old line must not move it backwards: after 2.0.0, a 1.4.3 takes `1.4` and `1`, but
/// leaves `latest` alone. GitHub's own mark of the latest release follows the same rule.
public enum MovingTag {
  /// `latest`, or any name without a number.
  LATEST,
  /// `1`
  MAJOR,
  /// `1.4`
  MINOR;

  /// Whether the tag may point at `version`: a release, and the highest of its line.
  ///
  /// @param released the versions that the series has already, those that are no release included;
  ///   whether `version` is among them makes no difference
  public boolean mayPointAt(SemanticVersion version, Collection<SemanticVersion> released) {
    return version.isStable()
        && released.stream()
            .filter(other -> other.isStable() && sameLine(version, other))
            .noneMatch(other -> other.compareTo(version) > 0);
  }

  private boolean sameLine(SemanticVersion one, SemanticVersion other) {
    return switch (this) {
      case LATEST -> true;
      case MAJOR -> one.major() == other.major();
      case MINOR -> one.major() == other.major() && one.minor() == other.minor();
    };
  }
}
