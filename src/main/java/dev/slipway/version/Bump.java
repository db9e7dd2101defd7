package dev.slipway.version;

import dev.slipway.problem.ActionException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Which part of a version a release raises; the order is that of weight.
///
/// The rules are the same before and after 1.0.0: a breaking change of 0.4.2 gives 1.0.0, as
/// github-tag-action, semantic-release and release-please do it unless told otherwise. Who wants to
/// stay below 1.0.0 says `Release-As: 0.5.0` in that commit.
public enum Bump {
  NONE,
  PATCH,
  MINOR,
  MAJOR;

  /// The bump called `text`, as it is written in an input: `patch`, `minor`, `major` or `none`.
  public static Optional<Bump> named(String text) {
    return Arrays.stream(values()).filter(bump -> bump.text().equals(text)).findFirst();
  }

  /// The name as it is written in an input, e.g. `patch`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The release after `base`, whose pre-release and build metadata are dropped.
  ///
  /// @throws ActionException past 2^31 - 1
  public SemanticVersion after(SemanticVersion base) {
    return switch (this) {
      case NONE -> base.core();
      case PATCH -> SemanticVersion.of(base.major(), base.minor(), above(base.patch(), base));
      case MINOR -> SemanticVersion.of(base.major(), above(base.minor(), base), 0);
      case MAJOR -> SemanticVersion.of(above(base.major(), base), 0, 0);
    };
  }

  private static int above(int number, SemanticVersion base) {
    if (number == Integer.MAX_VALUE) {
      throw new ActionException(
          "There is no version after " + base,
          "%d is the highest number of a version".formatted(number),
          "delete that tag, or name the version in a footer `Release-As: x.y.z` of a commit");
    }
    return number + 1;
  }
}
