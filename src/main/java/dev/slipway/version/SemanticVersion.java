package dev.slipway.version;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.semver4j.Semver;

/// A semantic version, ordered exactly as the
/// [specification](https://semver.org/spec/v2.0.0.html#spec-item-11) says.
///
/// semver4j parses and prints; its own order compares digits inside words as numbers, so it is not
/// used. Build metadata takes no part in the order, as the specification says, but in equality.
///
/// @param preRelease dot-separated identifiers, empty for a release
/// @param build dot-separated identifiers, empty without build metadata
public record SemanticVersion(
    int major, int minor, int patch, List<String> preRelease, List<String> build)
    implements Comparable<SemanticVersion> {
  private static final int LONGEST = 255;

  public SemanticVersion {
    preRelease = List.copyOf(preRelease);
    build = List.copyOf(build);
  }

  /// Reads `1.2.3`, `1.2.3-rc.1`, `1.2.3+build`; nothing looser. Empty for anything else, numbers
  /// beyond 2^31 - 1 and more than 255 characters included.
  public static Optional<SemanticVersion> parse(String text) {
    // The parser goes deeper with each identifier, and anybody may write a commit's `Release-As`.
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    return Optional.ofNullable(Semver.parse(text))
        .map(parsed ->
            new SemanticVersion(
                parsed.getMajor(),
                parsed.getMinor(),
                parsed.getPatch(),
                parsed.getPreRelease(),
                parsed.getBuild()))
        // The parser forgives a leading `v`, blanks and controls.
        .filter(version -> version.toString().equals(text));
  }

  /// The release `major.minor.patch`.
  public static SemanticVersion of(int major, int minor, int patch) {
    return new SemanticVersion(major, minor, patch, List.of(), List.of());
  }

  /// The version without pre-release and build metadata.
  public SemanticVersion core() {
    return of(major, minor, patch);
  }

  /// Whether it is neither a pre-release nor carries build metadata.
  public boolean isStable() {
    return preRelease.isEmpty() && build.isEmpty();
  }

  @Override
  public int compareTo(SemanticVersion other) {
    int core = Integer.compare(major, other.major);
    core = core != 0 ? core : Integer.compare(minor, other.minor);
    core = core != 0 ? core : Integer.compare(patch, other.patch);
    return core != 0 ? core : comparePreRelease(preRelease, other.preRelease);
  }

  private static int comparePreRelease(List<String> left, List<String> right) {
    if (left.isEmpty() || right.isEmpty()) {
      // A release is higher than its pre-releases.
      return Boolean.compare(left.isEmpty(), right.isEmpty());
    }
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int identifier = compareIdentifiers(left.get(i), right.get(i));
      if (identifier != 0) {
        return identifier;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static int compareIdentifiers(String left, String right) {
    boolean leftNumeric = isNumeric(left);
    boolean rightNumeric = isNumeric(right);
    if (leftNumeric && rightNumeric) {
      return new BigInteger(left).compareTo(new BigInteger(right));
    }
    // Numbers are lower than words; words compare in ASCII order.
    return leftNumeric != rightNumeric ? (leftNumeric ? -1 : 1) : left.compareTo(right);
  }

  private static boolean isNumeric(String identifier) {
    return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public String toString() {
    return "%d.%d.%d".formatted(major, minor, patch)
        + (preRelease.isEmpty() ? "" : "-" + String.join(".", preRelease))
        + (build.isEmpty() ? "" : "+" + String.join(".", build));
  }
}
