package dev.slipway.runner;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The host of a private Amazon ECR registry
/// ([forms](https://docs.aws.amazon.com/general/latest/gr/ecr.html)): with FIPS, in China, and the
/// two-stack form too.
final class EcrHost {
  private static final Pattern HOST =
      Pattern.compile(
          "[0-9]{12}\\.dkr[.-]ecr(?:-fips)?\\.(?<region>[a-z0-9-]+)\\.(?:amazonaws\\.com(?:\\.cn)?|on\\.(?:aws|amazonwebservices\\.com\\.cn))");

  private EcrHost() {}

  /// The region in the host's name; empty for any other host.
  static Optional<String> region(String host) {
    Matcher matcher = HOST.matcher(host);
    return matcher.matches() ? Optional.of(matcher.group("region")) : Optional.empty();
  }
}
