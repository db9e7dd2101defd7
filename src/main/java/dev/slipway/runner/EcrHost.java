package dev.slipway.runner;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The host of a private Amazon ECR registry, in any of [AWS's
/// partitions](https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html), as far as
/// the inputs depend on it.
final class EcrHost {
  private static final String REGION = "(?<region>[a-z]{2,8}(?:-[a-z]+){1,3}-[0-9]{1,2})";
  private static final Pattern HOST =
      Pattern.compile(
          "[0-9]{12}\\.dkr\\.ecr(?:-fips)?\\."
              + REGION
              + "\\.(?:amazonaws\\.(?:com|com\\.cn|eu)|c2s\\.ic\\.gov|sc2s\\.sgov\\.gov"
              + "|cloud\\.adc-e\\.uk|csp\\.hci\\.ic\\.gov)");
  private static final Pattern DUAL_STACK_HOST =
      Pattern.compile(
          "[0-9]{12}\\.dkr-ecr(?:-fips)?\\."
              + REGION
              + "\\.on\\.(?:aws|amazonwebservices\\.com\\.cn)");

  private EcrHost() {}

  /// The region in the host's name; empty for any other host.
  static Optional<String> region(String host) {
    return Stream.of(HOST, DUAL_STACK_HOST)
        .map(form -> form.matcher(host))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group("region"))
        .findFirst();
  }
}
