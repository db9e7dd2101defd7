package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.aws.AwsAccess;
import dev.slipway.delivery.Inputs.Aws;
import dev.slipway.delivery.Inputs.AwsRole;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.Secret;
import dev.slipway.delivery.Ticker;
import dev.slipway.image.ImageName;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a denial says where an ECR repository is another account's.
class AcrossAccountsTest {
  private static final AwsRole ROLE =
      new AwsRole(
          "arn:aws:iam::123456789012:role/deploy",
          "slipway",
          URI.create("https://runner.example/token"),
          new Secret("request-token"));

  @Test
  void namesBothAccounts() {
    assertThat(hint("999999999999"))
        .hasValueSatisfying(hint ->
            assertThat(hint).contains("999999999999", "123456789012", "repository's own policy"));
  }

  @Test
  void saysNothingWithinOneAccount() {
    assertThat(hint("123456789012")).isEmpty();
  }

  private static Optional<String> hint(String account) {
    String host = account + ".dkr.ecr.eu-central-1.amazonaws.com";
    AwsAccess aws =
        new AwsAccess(
            new Aws(Optional.of(ROLE), Optional.of("eu-central-1"), Optional.empty()),
            _ -> {},
            Pace.of(Ticker.system()));
    return new EcrRegistry(aws, Optional.of(host), false)
        .acrossAccounts(new ImageName(host, "shop"));
  }
}
