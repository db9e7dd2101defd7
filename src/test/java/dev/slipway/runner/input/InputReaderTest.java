package dev.slipway.runner.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.slipway.delivery.GitOpsDelivery;
import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.Inputs.AwsKeys;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.delivery.RegistryChoice;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.delivery.ValueUpdate;
import dev.slipway.image.ImageSource;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.runner.RecordedWarnings;
import dev.slipway.runner.Variables;
import dev.slipway.template.Template;
import dev.slipway.values.FileContent;
import dev.slipway.values.KeyPath;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests that the inputs become typed values, and that wrong ones are refused with good advice.
class InputReaderTest {
  private static final String DIGEST = "sha256:" + "ab".repeat(32);

  @TempDir Path workspace;

  private final RecordedWarnings warnings = new RecordedWarnings();
  private Variables environment = Variables.ofRun();

  @BeforeEach
  void startInTheWorkspace() throws IOException {
    environment = Variables.ofRun().inWorkspace(workspace.toRealPath());
  }

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

  @Test
  void readsAGitOpsChange() throws IOException {
    Files.writeString(workspace.resolve("secrets.yaml"), "kind: ExternalSecret\n");
    gitOps()
        .with(
            Input.GITOPS_UPDATE,
            """
            apps/shop/values.yaml:
              backstage.image.tag: "{tag}"
              backstage.image.repository: {repository}
            apps/shop/kustomization.yaml:
              images[name=shop].newTag: "1.10"
            """)
        .with(Input.GITOPS_BOOTSTRAP, "apps/shop/secrets.yaml: ./secrets.yaml")
        .with(Input.GITOPS_BRANCH, "main")
        .with(Input.AUTO_MERGE, "rebase")
        .with(Input.PULL_REQUEST_TITLE, "Deploy {image}")
        .with(Input.REGISTRY, "localhost:5000")
        .with(Input.REPOSITORY, "shop");

    Inputs.GitOps gitOps = read().gitOps().orElseThrow();

    assertThat(gitOps.repository()).isEqualTo(RepositoryName.parse("acme/gitops"));
    assertThat(gitOps.branch()).contains("main");
    assertThat(gitOps.updates())
        .containsExactly(
            update("apps/shop/values.yaml", "backstage.image.tag", "{tag}"),
            update("apps/shop/values.yaml", "backstage.image.repository", "{repository}"),
            update("apps/shop/kustomization.yaml", "images[name=shop].newTag", "1.10"));
    assertThat(gitOps.bootstrap())
        .containsExactly(entry("apps/shop/secrets.yaml", FileContent.of("kind: ExternalSecret\n")));
    assertThat(gitOps.message().autoMerge()).contains(MergeMethod.REBASE);
    assertThat(gitOps.message().title()).contains(Template.parse("Deploy {image}"));
  }

  @Test
  void readsThatTheChangeIsACommitOnTheBaseBranch() {
    gitOps().with(Input.GITOPS_DELIVERY, "commit").with(Input.AUTO_MERGE, "squash");

    assertThat(read().gitOps().orElseThrow().delivery()).isEqualTo(GitOpsDelivery.COMMIT);
    assertThat(warnings.what()).isEmpty();
  }

  @Test
  void warnsOfPullRequestInputsThatACommitIgnores() {
    gitOps()
        .with(Input.GITOPS_DELIVERY, "commit")
        .with(Input.AUTO_MERGE, "off")
        .with(Input.PULL_REQUEST_TITLE, "Deploy");

    read();

    assertThat(warnings.what())
        .containsExactly(
            "The input `auto-merge` has no effect", "The input `pull-request-title` has no effect");
  }

  @Test
  void autoMergeCanBeOff() {
    gitOps().with(Input.AUTO_MERGE, "off");

    assertThat(read().gitOps().orElseThrow().message().autoMerge()).isEmpty();
  }

  @Test
  void autoMergeIsSquashByDefault() {
    gitOps();

    assertThat(read().gitOps().orElseThrow().message().autoMerge()).contains(MergeMethod.SQUASH);
  }

  @Test
  void theGitHubTokenGoesToNoOtherHost() {
    gitOps()
        .with(Input.GITHUB_TOKEN, "ghs_token")
        .with(Input.GITOPS_TOKEN, "")
        .with(Input.GITOPS_API_URL, "https://github.example.com/api/v3/");

    assertThat(onlyProblem().what()).isEqualTo("The input `gitops-token` is missing");
    assertThat(onlyProblem().why()).contains("another host");
  }

  @Test
  void theGitHubTokenServesTheGitOpsRepositoryAtHome() {
    gitOps().with(Input.GITHUB_TOKEN, "ghs_token").with(Input.GITOPS_TOKEN, "");

    assertThat(read().access().gitOpsToken().orElseThrow().reveal()).isEqualTo("ghs_token");
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

  private Variables ecr() {
    return environment
        .with(Input.REGISTRY, "ecr")
        .with(Input.REPOSITORY, "shop")
        .with("AWS_ACCESS_KEY_ID", "AKIA")
        .with("AWS_SECRET_ACCESS_KEY", "secret")
        .with("AWS_REGION", "us-east-1");
  }

  private Variables gitOps() {
    return environment
        .with(Input.GITOPS_REPOSITORY, "acme/gitops")
        .with(Input.GITOPS_TOKEN, "ghp_token")
        .with(Input.GITOPS_UPDATE, "values.yaml: {image.tag: '{tag}'}");
  }

  private static ValueUpdate update(String file, String key, String template) {
    return new ValueUpdate(file, KeyPath.parse(key), Template.parse(template));
  }

  private static Inputs.Component only(Inputs inputs) {
    assertThat(inputs.components()).hasSize(1);
    return inputs.components().getFirst();
  }

  private Inputs read() {
    return new InputReader(environment, warnings).read();
  }

  private List<Problem> problems() {
    return Optional.ofNullable(catchThrowableOfType(ActionException.class, this::read))
        .map(ActionException::problems)
        .orElse(List.of());
  }

  private Problem onlyProblem() {
    assertThat(problems()).hasSize(1);
    return problems().getFirst();
  }
}
