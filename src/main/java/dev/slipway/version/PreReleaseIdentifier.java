package dev.slipway.version;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The name of a series of pre-releases: `rc` in `1.3.0-rc.1`, `1.3.0-rc.2`.
///
/// @param value dot-separated [identifiers](https://semver.org/spec/v2.0.0.html#spec-item-9)
public record PreReleaseIdentifier(String value) {
  private static final String PART = "(?:[0-9]*[A-Za-z-][0-9A-Za-z-]*+|0|[1-9][0-9]*+)";
  private static final Pattern GRAMMAR = Pattern.compile(PART + "(?:\\." + PART + ")*+");
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]*+");

  public PreReleaseIdentifier {
    if (!GRAMMAR.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "`%s` is not a pre-release identifier: letters, digits and `-`, parts separated by `.`, no number with a leading zero"
              .formatted(value));
    }
  }

  /// Whether `version` is a pre-release of this series.
  public boolean names(SemanticVersion version) {
    return number(version).isPresent();
  }

  /// The next pre-release of `core`: its number is one above the highest of that core in
  /// `existing`, so 1 for the first.
  public SemanticVersion next(SemanticVersion core, Stream<SemanticVersion> existing) {
    BigInteger highest =
        existing
            .filter(version -> version.core().equals(core.core()))
            .flatMap(version -> number(version).stream())
            .max(BigInteger::compareTo)
            .orElse(BigInteger.ZERO);
    List<String> identifiers =
        Stream.concat(parts().stream(), Stream.of(highest.add(BigInteger.ONE).toString())).toList();
    return new SemanticVersion(core.major(), core.minor(), core.patch(), identifiers, List.of());
  }

  private Optional<BigInteger> number(SemanticVersion version) {
    List<String> identifiers = version.preRelease();
    int length = parts().size();
    return identifiers.size() == length + 1
            && identifiers.subList(0, length).equals(parts())
            && NUMBER.matcher(identifiers.getLast()).matches()
        ? Optional.of(new BigInteger(identifiers.getLast()))
        : Optional.empty();
  }

  private List<String> parts() {
    return List.of(value.split("\\.", -1));
  }
}
