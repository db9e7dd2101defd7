package dev.slipway.image;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The host of a private Amazon ECR registry, in any of [AWS's
/// partitions](https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html).
///
/// @param account 12 digits
/// @param fips whether it uses only cryptography that FIPS 140 approves
public record EcrHost(String account, String region, boolean fips) {
  private static final String ACCOUNT = "(?<account>[0-9]{12})";
  private static final String REGION = "(?<region>[a-z]{2,8}(?:-[a-z]+){1,3}-[0-9]{1,2})";
  private static final String DOMAINS =
      "amazonaws\\.com|amazonaws\\.com\\.cn|amazonaws\\.eu|c2s\\.ic\\.gov|sc2s\\.sgov\\.gov"
          + "|cloud\\.adc-e\\.uk|csp\\.hci\\.ic\\.gov";
  private static final String DUAL_STACK_DOMAINS = "on\\.aws|on\\.amazonwebservices\\.com\\.cn";
  private static final Pattern HOST =
      Pattern.compile(
          ACCOUNT + "\\.dkr\\.ecr(?<fips>-fips)?\\." + REGION + "\\.(?:" + DOMAINS + ")");
  private static final Pattern DUAL_STACK_HOST =
      Pattern.compile(
          ACCOUNT + "\\.dkr-ecr(?<fips>-fips)?\\." + REGION + "\\.(?:" + DUAL_STACK_DOMAINS + ")");

  /// Reads a host; empty when it is not one of ECR's, however much it looks like it.
  public static Optional<EcrHost> parse(String host) {
    Matcher matcher = HOST.matcher(host);
    if (!matcher.matches()) {
      matcher = DUAL_STACK_HOST.matcher(host);
      if (!matcher.matches()) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new EcrHost(
            matcher.group("account"), matcher.group("region"), matcher.group("fips") != null));
  }
}
