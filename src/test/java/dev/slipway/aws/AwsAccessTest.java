package dev.slipway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.delivery.Inputs.Aws;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.Ticker;
import dev.slipway.problem.ActionException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsAccessTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "eu-central-1",
        "us-gov-west-1",
        "cn-northwest-1",
        "eusc-de-east-1",
        "us-isob-east-1",
        "ap-southeast-7",
        "mx-central-1"
      })
  void takesARegion(String region) {
    assertThat(access(region).region(Optional.empty())).hasToString(region);
  }

  @Test
  void prefersTheRegionThatANameImplies() {
    assertThat(access("us-east-1").region(Optional.of("eu-west-1"))).hasToString("eu-west-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Frankfurt", "eu-central", "eu-central-1.evil.example.com/", "-1"})
  void refusesWhatIsNoRegion(String text) {
    AwsAccess access = access(text);

    ActionException thrown =
        catchThrowableOfType(ActionException.class, () -> access.region(Optional.empty()));

    assertThat(thrown.problems().getFirst().what())
        .isEqualTo("`%s` is not an AWS region".formatted(text));
  }

  private static AwsAccess access(String region) {
    return new AwsAccess(
        new Aws(Optional.empty(), Optional.of(region), Optional.empty()),
        _ -> {},
        Pace.of(Ticker.system()));
  }
}
