package dev.slipway.registry;

import static dev.slipway.registry.EcrInputs.aws;
import static dev.slipway.registry.EcrInputs.registry;
import static dev.slipway.registry.PushFaultsTest.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slipway.delivery.Inputs.Aws;
import dev.slipway.delivery.RegistryChoice;
import dev.slipway.image.ImageName;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakeEcr;
import java.net.URI;
import java.util.Optional;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcrLoginTest {
  private final FakeEcr ecr = new FakeEcr(EcrInputs.REGION, "http://127.0.0.1:5000");

  @AfterEach
  void end() {
    ecr.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AccessDeniedException | User: x is not authorized to perform: ecr:GetAuthorizationToken on resource: * | allow ecr:GetAuthorizationToken",
        "ExpiredTokenException | The security token included in the request is expired | directly before this step",
        "UnrecognizedClientException | The security token included in the request is invalid. | AWS_SESSION_TOKEN",
        "InvalidSignatureException | The request signature we calculated does not match | AWS_SECRET_ACCESS_KEY",
        "InvalidSignatureException | Signature expired: 20260101T000000Z is now earlier than | clock",
        "ServerException | something broke | request id sandbox-request"
      })
  void saysWhyThereIsNoToken(String code, String message, String fix) {
    ecr.refuse("GetAuthorizationToken", code, message);

    Problem problem = problemOf(() -> named(aws(ecr)));

    assertThat(problem.what()).isEqualTo("There is no login for ECR in eu-central-1");
    assertThat(problem.fix()).contains(fix);
  }

  @Test
  void repeatsNothingOfARequestThatAwsQuotes() {
    ecr.refuse(
        "GetAuthorizationToken",
        "InvalidSignatureException",
        "The request signature does not match.\\n\\nThe Canonical String for this request should have been\\nx-amz-security-token:"
            + FakeEcr.SESSION_TOKEN);

    Throwable thrown = catchThrowable(() -> named(aws(ecr)));

    assertThat(thrown).isInstanceOf(ActionException.class);
    assertThat(Throwables.getStackTrace(thrown)).doesNotContain("canary");
  }

  @Test
  void usesNoCredentialsButTheGivenOnes() {
    Aws aws = new Aws(Optional.empty(), Optional.of(EcrInputs.REGION), Optional.of(ecr.endpoint()));

    Problem problem = problemOf(() -> named(aws));

    assertThat(problem.what()).isEqualTo("There are no AWS credentials");
    assertThat(problem.fix()).contains("aws-actions/configure-aws-credentials", "id-token: write");
    assertThat(ecr.calls()).isEmpty();
  }

  @Test
  void wantsARegion() {
    Aws aws = new Aws(Optional.of(EcrInputs.KEYS), Optional.empty(), Optional.of(ecr.endpoint()));

    Problem problem = problemOf(() -> named(aws));

    assertThat(problem.what()).isEqualTo("No AWS region is given");
  }

  @Test
  void saysThatAnEndpointIsUnknown() {
    Aws aws =
        new Aws(
            Optional.of(EcrInputs.KEYS),
            Optional.of(EcrInputs.REGION),
            Optional.of(URI.create("https://ecr.invalid")));

    Problem problem = problemOf(() -> named(aws));

    assertThat(problem.why()).isEqualTo("the host ecr.invalid is not known");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.com",
        "http://123456789012.dkr.ecr.eu-central-1.amazonaws.com",
        "https://123456789012.dkr.ecr.us-east-1.amazonaws.com",
        "https://123456789012.dkr.ecr.eu-central-1.amazonaws.com.evil.example.com",
        "https://user@123456789012.dkr.ecr.eu-central-1.amazonaws.com"
      })
  void refusesAHostThatIsNotEcr(String endpoint) {
    try (FakeEcr strange = new FakeEcr(EcrInputs.REGION, endpoint)) {
      Problem problem = problemOf(() -> named(aws(strange)));

      assertThat(problem.what()).isEqualTo("AWS named a registry that is not ECR's");
    }
  }

  @Test
  void takesTheNameOfARealRegistryFromItsToken() {
    String host = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
    try (FakeEcr real = new FakeEcr(EcrInputs.REGION, "https://" + host)) {
      ImageName name = named(aws(real));

      assertThat(name).hasToString(host + "/acme/shop");
    }
  }

  @Test
  void takesTheRegionFromAGivenHost() {
    String host = "999999999999.dkr.ecr.eu-central-1.amazonaws.com";
    Aws aws =
        new Aws(Optional.of(EcrInputs.KEYS), Optional.of("us-east-1"), Optional.of(ecr.endpoint()));
    KnownRegistry registry = registry(new RegistryChoice.Host(host), aws, false);

    RegistryLogin login = registry.login();

    assertThat(registry.name("acme/shop")).hasToString(host + "/acme/shop");
    assertThat(login).isInstanceOf(RegistryLogin.Password.class);
  }

  private static ImageName named(Aws aws) {
    return registry(new RegistryChoice.Ecr(), aws, false).name("acme/shop");
  }
}
