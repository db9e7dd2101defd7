package dev.slipway.runner.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.Inputs;
import dev.slipway.problem.Problem;
import dev.slipway.template.Template;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests that the inputs become typed values, and that wrong ones are refused with good advice.
class InputReaderTest extends GivenInputs {
  private static final String DIGEST = "sha256:" + "ab".repeat(32);

  @Test
  void everyInputHasItsDefault() {
    Inputs inputs = read();

    assertThat(only(inputs).tag()).isEqualTo(Template.parse("{version}"));
    assertThat(only(inputs).extraTags()).isEmpty();
    assertThat(inputs.versioning().gitTagPrefix()).isEqualTo("v");
    assertThat(inputs.versioning().initialVersion()).isEmpty();
    assertThat(inputs.registry()).isEmpty();
    assertThat(only(inputs).repository()).isEmpty();
    assertThat(only(inputs).source()).isEmpty();
    assertThat(only(inputs).digest()).isEmpty();
    assertThat(inputs.gitOps()).isEmpty();
    assertThat(inputs.access().gitOpsApi()).isEqualTo(URI.create("https://api.github.com"));
    assertThat(inputs.dryRun()).isFalse();
  }

  @Test
  void anInputGivenEmptyHasItsDefault() {
    environment
        .with(Input.TAG, "")
        .with(Input.AUTO_MERGE, " ")
        .with(Input.DRY_RUN, "")
        .with(Input.CREATE_REPOSITORY, "\n");

    Inputs inputs = read();

    assertThat(only(inputs).tag()).isEqualTo(Template.parse("{version}"));
    assertThat(inputs.dryRun()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "semver, {version}",
    "sha, sha-{sha:7}",
    "'  {branch}-{sha:8}\n', {branch}-{sha:8}",
    "v{version}, v{version}",
  })
  void readsTheTag(String given, String template) {
    environment.with(Input.TAG, given);

    assertThat(only(read()).tag()).isEqualTo(Template.parse(template));
  }

  @Test
  void readsExtraTagsFromLinesAndCommas() {
    environment.with(Input.EXTRA_TAGS, "latest, {major}\n\n {major}.{minor} \nsha\n");

    assertThat(only(read()).extraTags())
        .extracting(Template::toString)
        .containsExactly("latest", "{major}", "{major}.{minor}", "sha-{sha:7}");
  }

  @Test
  void anEmptyPrefixIsAnAnswer() {
    environment.with(Input.GIT_TAG_PREFIX, "");

    assertThat(read().versioning().gitTagPrefix()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "True", "TRUE", " true\n"})
  void readsTheSpellingsOfTrue(String given) {
    environment.with(Input.DRY_RUN, given);

    assertThat(read().dryRun()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "1", "on", "tRUE", "y", "${{ inputs.dry }}"})
  void refusesEverythingElse(String given) {
    environment.with(Input.DRY_RUN, given);

    assertThat(onlyProblem().what())
        .isEqualTo("The input `dry-run` cannot be `%s`".formatted(given));
    assertThat(onlyProblem().fix()).contains("`dry-run: true`");
  }

  @Test
  void theDigestOfAnEarlierStepServesTemplates() {
    gitOps()
        .with(Input.GITOPS_UPDATE, "values.yaml: {image.digest: '{digest}'}")
        .with(Input.IMAGE_DIGEST, DIGEST);

    assertThat(only(read()).digest().orElseThrow().value()).isEqualTo(DIGEST);
  }

  @Test
  void reportsAllProblemsTogether() {
    environment
        .with(Input.TAG, "no good tag")
        .with(Input.IMAGE, "missing.tar")
        .with(Input.AUTO_MERGE, "yes")
        .with(Input.DRY_RUN, "maybe")
        .with(Input.GITOPS_UPDATE, "- a list");

    assertThat(problems())
        .extracting(Problem::what)
        .containsExactlyInAnyOrder(
            "The input `tag` cannot be `no good tag`",
            "The input `registry` is missing",
            "The input `repository` is missing",
            "The input `image` cannot be `missing.tar`",
            "The input `gitops-repository` is missing",
            "The input `gitops-update` cannot be `- a list`",
            "The input `auto-merge` cannot be `yes`",
            "The input `dry-run` cannot be `maybe`");
  }

  @Test
  void noProblemShowsASecret() {
    environment
        .with(Input.REGISTRY, "ecr")
        .with(Input.REPOSITORY, "shop")
        .with(Input.REGISTRY_PASSWORD, "s3cr3t")
        .with(Input.GITOPS_TOKEN, "s3cr3t\nline")
        .with("AWS_SECRET_ACCESS_KEY", "s3cr3t");

    assertThat(problems()).isNotEmpty().noneMatch(problem -> problem.toString().contains("s3cr3t"));
  }
}
