package dev.slipway.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcrHostTest {
  @ParameterizedTest
  @CsvSource({
    "123456789012.dkr.ecr.eu-central-1.amazonaws.com, eu-central-1, false",
    "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com, us-gov-west-1, true",
    "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn, cn-north-1, false",
    "123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu, eusc-de-east-1, false",
    "123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov, us-iso-east-1, false",
    "123456789012.dkr.ecr.us-isob-east-1.sc2s.sgov.gov, us-isob-east-1, false",
    "123456789012.dkr-ecr.us-west-2.on.aws, us-west-2, false",
    "123456789012.dkr-ecr-fips.us-west-2.on.aws, us-west-2, true",
    "123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn, cn-north-1, false"
  })
  void readsAccountAndRegionInEveryPartition(String host, String region, boolean fips) {
    assertThat(EcrHost.parse(host)).contains(new EcrHost("123456789012", region, fips));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public.ecr.aws",
        "ghcr.io",
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com.example.com",
        "evil.123456789012.dkr.ecr.eu-central-1.amazonaws.com",
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com:8443",
        "123456789012.dkr.ecr.eu-central-1.on.aws",
        "123456789012.dkr-ecr.eu-central-1.amazonaws.com",
        "12345.dkr.ecr.eu-central-1.amazonaws.com",
        "123456789012.dkr.ecr.example.amazonaws.com",
        "123456789012xdkr.ecr.eu-central-1.amazonaws.com"
      })
  void isNotFooledByWhatLooksLikeIt(String host) {
    assertThat(EcrHost.parse(host)).isEmpty();
  }
}
