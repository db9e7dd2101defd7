package dev.slipway.runner.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.Inputs.AwsKeys;
import dev.slipway.delivery.RegistryChoice;
import dev.slipway.image.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests where images go, and who signs in there.
class RegistryInputsTest extends GivenInputs {
  @Test
  void readsAPushToGhcr() throws IOException {
    Path archive = Files.createFile(workspace.resolve("image.tar"));
    environment
        .with(Input.IMAGE, "image.tar")
        .with(Input.REGISTRY, "ghcr")
        .with(Input.REPOSITORY, "Acme/Shop")
        .with(Input.GITHUB_TOKEN, "ghs_token");

    Inputs inputs = read();

    assertThat(only(inputs).source())
        .contains(new ImageSource.Archive("image.tar", archive.toRealPath()));
    assertThat(inputs.registry()).contains(new RegistryChoice.Ghcr());
    assertThat(only(inputs).repository()).contains("acme/shop");
    assertThat(inputs.access().registryLogin())
        .hasValueSatisfying(login -> {
          assertThat(login.username()).isEqualTo("octocat");
          assertThat(login.password().reveal()).isEqualTo("ghs_token");
        });
  }

  @Test
  void anotherTokenForGhcrWins() {
    environment
        .with(Input.REGISTRY, "ghcr.io")
        .with(Input.REPOSITORY, "acme/shop")
        .with(Input.REGISTRY_PASSWORD, "ghp_other")
        .with(Input.GITHUB_TOKEN, "ghs_token");

    assertThat(read().access().registryLogin().orElseThrow().password().reveal())
        .isEqualTo("ghp_other");
  }

  @Test
  void readsAPushToEcr() throws IOException {
    Files.createFile(workspace.resolve("image.tar"));
    environment
        .with(Input.IMAGE, "oci-archive:image.tar")
        .with(Input.REGISTRY, "ecr")
        .with(Input.REPOSITORY, "shop")
        .with(Input.CREATE_REPOSITORY, "true")
        .with(Input.AWS_REGION, "ap-northeast-2")
        .with("AWS_REGION", "us-east-1")
        .with("AWS_ACCESS_KEY_ID", "AKIA")
        .with("AWS_SECRET_ACCESS_KEY", "secret")
        .with("AWS_SESSION_TOKEN", " ");

    Inputs inputs = read();

    assertThat(inputs.createRepository()).isTrue();
    assertThat(only(inputs).source().orElseThrow()).isInstanceOf(ImageSource.OciArchive.class);
    assertThat(inputs.access().aws().region()).contains("ap-northeast-2");
    assertThat(((AwsKeys) inputs.access().aws().login().orElseThrow()).sessionToken()).isEmpty();
    assertThat(inputs.access().registryLogin()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "eu-west-1, us-east-1, '', eu-west-1",
    "'', us-east-1, eu-west-1, us-east-1",
    "'', '', eu-west-1, eu-west-1",
  })
  void looksForTheRegionInOrder(
      String input, String variable, String defaultVariable, String expected) {
    ecr()
        .with(Input.AWS_REGION, input)
        .with("AWS_REGION", variable)
        .with("AWS_DEFAULT_REGION", defaultVariable);

    assertThat(read().access().aws().region()).contains(expected);
  }

  @Test
  void theRegionInAnEcrHostWinsOverTheEnvironment() {
    ecr()
        .with(Input.REGISTRY, "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com")
        .with("AWS_REGION", "us-east-1");

    assertThat(read().access().aws().region()).contains("ap-northeast-2");
  }

  @Test
  void refusesARegionThatContradictsTheEcrHost() {
    ecr()
        .with(Input.REGISTRY, "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com")
        .with(Input.AWS_REGION, "us-east-1");

    assertThat(onlyProblem().why()).contains("`ap-northeast-2`");
  }

  @Test
  void refusesARegionThatWouldLeadElsewhere() {
    ecr().with("AWS_REGION", "x.attacker.example/");

    assertThat(onlyProblem().what()).isEqualTo("The variable AWS_REGION cannot be used");
  }

  @Test
  void warnsOfEndpointsInTheEnvironment() {
    ecr().with("AWS_ENDPOINT_URL", "https://attacker.example");

    Inputs inputs = read();

    assertThat(inputs.access().aws().endpoint()).isEmpty();
    assertThat(warnings.what()).containsExactly("The variable AWS_ENDPOINT_URL is ignored");
  }

  @Test
  void explainsThatProfilesAreNotVisible() {
    environment
        .with(Input.REGISTRY, "ecr")
        .with(Input.REPOSITORY, "shop")
        .with("AWS_REGION", "us-east-1")
        .with("AWS_PROFILE", "deploy");

    assertThat(onlyProblem().why()).startsWith("AWS_PROFILE is set");
    assertThat(onlyProblem().fix()).contains("configure-aws-credentials");
  }

  @Test
  void asksForNoAwsWhereItIsNotUsed() {
    environment
        .with(Input.REGISTRY, "localhost:5000")
        .with(Input.REPOSITORY, "shop")
        .with("AWS_PROFILE", "deploy")
        .with("AWS_ENDPOINT_URL", "https://elsewhere.example");

    assertThat(read().registry()).contains(new RegistryChoice.Host("localhost:5000"));
    assertThat(warnings.what()).isEmpty();
  }
}
