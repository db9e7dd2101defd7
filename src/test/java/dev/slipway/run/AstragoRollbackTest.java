package dev.slipway.run;

import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.JobFolders;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.ArgoCdApplication;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeArgoCd;
import dev.slipway.sandbox.FakeArgoCd.Reply;
import dev.slipway.sandbox.FakeGitHub;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.sandbox.RecordedRequest;
import dev.slipway.sandbox.RecordingProxy;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.WorkflowFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole runs that take a delivery of system S2's backend back, from its own workflow files: three
/// images and four keys of two files in one commit, beside a frontend that delivers there too.
class AstragoRollbackTest {
  private static final Path GITOPS = Path.of("test-fixtures/runs/s2-astrago/gitops");
  private static final String VALUES = "environments/stage/values.yaml";
  private static final String MONITOR = "environments/stage/monitor/values.yaml";
  private static final String BRANCH = "stabilize/1.0";

  @TempDir private Path folder;
  private final FakeGitHub gitHub = FakeGitHub.start();
  private final RegistryServer registryServer = RegistryServer.withLogin();
  private final RecordingProxy registry = RecordingProxy.before(registryServer.host());
  private final FakeArgoCd argoCd = FakeArgoCd.start();
  private final FakeRepository deployment = gitHub.repository("xiilab/astrago-deployment");
  private final FakeRepository backend = gitHub.repository("xiilab/astrago-backend");
  private JobFolders folders;
  private int runs;

  /// The commit whose images never come up.
  private volatile String broken = "none";

  /// Where Argo CD is, until it is asked to look again.
  private volatile String argoCdIsAt = "";

  @BeforeEach
  void start() {
    folders = JobFolders.in(folder);
    deployment.file("README.md", "# Deployment\n");
    for (String path : List.of(VALUES, MONITOR)) {
      deployment.commit(BRANCH, "Add " + path, path, fixture(path));
    }
    gitHub.grant(Canaries.GITOPS_TOKEN, deployment.fullName(), Grant.CONTENTS);
    gitHub.grant(Canaries.GITHUB_TOKEN, backend.fullName(), Grant.WRITE);
    argoCd.on("GET astrago", () -> Reply.ok(application().text()));
    argoCd.on("managed-resources astrago", () -> Reply.ok(deployments()));
    argoCd.on(
        "REFRESH astrago",
        () -> {
          argoCdIsAt = deployment.head(BRANCH);
          return Reply.ok(application().text());
        });
  }

  @AfterEach
  void close() {
    argoCd.close();
    registry.close();
    registryServer.close();
    gitHub.close();
  }

  @ParameterizedTest
  @CsvSource({"stage, 12", "'', 14"})
  void threeImagesGoBackInOneCommitAndThenFurther(String environment, int most) throws IOException {
    String oldest = commit("one");
    assertGreen(run(delivery("one", environment)));
    String good = commit("two");
    assertGreen(run(delivery("two", environment)));
    broken = commit("three");
    assertRed(run(delivery("three", environment)));
    deliverFrontend();
    String base = deployment.head(BRANCH);
    clearWorkspace();

    StepResult first = run(rollback(environment));

    assertReturned(first, good, environment);
    assertThat(deployment.parentsOf(BRANCH)).containsExactly(base);
    assertThat(first.outputs()).containsEntry("rolled-back-from", broken.substring(0, 7));
    assertThat(gitHub.requests()).hasSizeLessThanOrEqualTo(most);

    StepResult second = run(rollback(environment));

    assertReturned(second, oldest, environment);
    assertThat(second.outputs()).containsEntry("rolled-back-from", good.substring(0, 7));
  }

  /// Green, with exactly the four keys of `commit` in exactly one commit, and no blob sent.
  private void assertReturned(StepResult result, String commit, String environment) {
    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("outcome", "rolled-back")
        .containsEntry("changed", "true")
        .containsEntry("rolled-back-to", commit.substring(0, 7))
        .containsEntry("commit-sha", deployment.head(BRANCH))
        .containsEntry("pull-request-state", "none");
    assertThat(result.outputs().get("images"))
        .contains(tag("core", commit), tag("batch", commit), tag("monitor", commit));
    assertThat(deployment.fileAt(BRANCH, VALUES)).contains(values(commit));
    assertThat(deployment.fileAt(BRANCH, MONITOR)).contains(monitorValues(commit));
    assertThat(deployment.isVerified(BRANCH)).isTrue();
    assertThat(gitHub.writes())
        .map(RecordedRequest::toString)
        .filteredOn("mutation CommitOnBranch"::equals)
        .hasSize(1);
    assertThat(registry.count("POST", "/blobs/uploads/")).isZero();
    assertThat(registry.count("PUT", "")).isZero();
    assertThat(argoCd.requests("refresh=")).isNotEmpty();
    assertThat(result.shown())
        .contains(
            "Argo CD application astrago is live at " + deployment.head(BRANCH).substring(0, 7));
    assertThat(deployment.messageOf(BRANCH))
        .startsWith("Roll back astrago-backend to " + commit.substring(0, 7))
        .contains("Slipway-Source: xiilab/astrago-backend@" + commit);
    assertThat(backend.deployments().isEmpty()).isEqualTo(environment.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"stage", ""})
  void aDryRunWritesNothing(String environment) throws IOException {
    commit("one");
    assertGreen(run(delivery("one", environment)));
    commit("two");
    assertGreen(run(delivery("two", environment)));

    StepResult result = run(rollback(environment).withVariable("INPUT_DRY-RUN", "true"));

    assertGreen(result);
    assertThat(result.outputs()).containsEntry("outcome", "planned");
    assertThat(gitHub.writes()).isEmpty();
    assertThat(registry.requests())
        .allSatisfy(request -> assertThat(request.method()).isIn("GET", "HEAD"));
  }

  @ParameterizedTest
  @CsvSource({"stage, commit", "stage, tag", "'', commit", "'', tag"})
  void leadsWhereTheAuthorSays(String environment, String kind) throws IOException {
    String oldest = commit("one");
    assertGreen(run(delivery("one", environment)));
    commit("two");
    assertGreen(run(delivery("two", environment)));
    commit("three");
    assertGreen(run(delivery("three", environment)));
    String name = kind.equals("commit") ? oldest.substring(0, 10) : tag("batch", oldest);

    StepResult result = run(rollback(environment).withVariable("INPUT_ROLLBACK-TO", name));

    assertGreen(result);
    assertThat(result.outputs()).containsEntry("rolled-back-to", oldest.substring(0, 7));
    assertThat(deployment.fileAt(BRANCH, MONITOR)).contains(monitorValues(oldest));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stage", ""})
  void leavesAloneWhatSomebodySetByHand(String environment) throws IOException {
    commit("one");
    assertGreen(run(delivery("one", environment)));
    String now = commit("two");
    assertGreen(run(delivery("two", environment)));
    String values = deployment.fileAt(BRANCH, VALUES).orElseThrow();
    String hand = values.replace(tag("batch", now), "batch-stage-hotfix00");
    deployment.commit(BRANCH, "Hotfix", VALUES, hand);

    StepResult result = run(rollback(environment));

    assertRed(result);
    assertThat(result.shown()).contains("is no delivery of this workflow");
    assertThat(gitHub.writes()).isEmpty();
    assertThat(registry.count("PUT", "")).isZero();
    assertThat(deployment.fileAt(BRANCH, VALUES)).contains(hand);
  }

  private String commit(String content) {
    backend.file("app", content);
    return backend.head("main");
  }

  /// The frontend's workflow delivers to the same file from its own repository.
  private void deliverFrontend() {
    deployment.commit(
        BRANCH,
        "Deploy frontend",
        VALUES,
        deployment
            .fileAt(BRANCH, VALUES)
            .orElseThrow()
            .replace("frontend-stage-99887766", "frontend-stage-aabbccdd"));
  }

  private static String tag(String component, String commit) {
    return component + "-stage-" + commit.substring(0, 8);
  }

  private static String values(String commit) {
    return fixture(VALUES)
        .replace("core-stage-0a1b2c3d", tag("core", commit))
        .replace("batch-stage-0a1b2c3d", tag("batch", commit))
        .replace("frontend-stage-99887766", "frontend-stage-aabbccdd");
  }

  private static String monitorValues(String commit) {
    return fixture(MONITOR)
        .replace("monitor-stage-0a1b2c3d", tag("monitor", commit))
        .replace("0a1b2c3d4e5f60718293a4b5c6d7e8f901234567", commit);
  }

  private ContainerStep delivery(String content, String environment) throws IOException {
    clearWorkspace();
    for (String component : List.of("core", "batch", "monitor")) {
      Files.copy(
          new SampleImages(folders.temp(), component + content).ociArchive().path(),
          folders.workspace().resolve(component + ".tar"));
    }
    return step("s2-astrago", environment);
  }

  private ContainerStep rollback(String environment) {
    return step("s2-astrago-rollback", environment);
  }

  private void clearWorkspace() throws IOException {
    for (String component : List.of("core", "batch", "monitor")) {
      Files.deleteIfExists(folders.workspace().resolve(component + ".tar"));
    }
  }

  private ContainerStep step(String workflow, String noted) {
    Map<String, String> environment =
        new LinkedHashMap<>(
            WorkflowFile.read(Path.of("test-fixtures/workflows", workflow + ".yml"))
                .environment(
                    Map.of(
                        "github.token", Canaries.GITHUB_TOKEN,
                        "github.workspace", folders.workspace().toString(),
                        "inputs.to", "",
                        "secrets.GHCR_TOKEN", RegistryServer.PASSWORD,
                        "secrets.DEPLOY_TOKEN", Canaries.GITOPS_TOKEN,
                        "secrets.ARGOCD_TOKEN", Canaries.ARGOCD_TOKEN)));
    environment.put("INPUT_DEPLOYMENT-ENVIRONMENT", noted);
    environment.put("INPUT_REGISTRY", registry.host());
    environment.put("INPUT_REGISTRY-USERNAME", "slipway");
    environment.put("INPUT_ARGOCD-SERVER", argoCd.uri().toString());
    environment.put("INPUT_TIMEOUT", "1");
    environment.put("GITHUB_API_URL", gitHub.apiUrl().toString());
    environment.put("GITHUB_REPOSITORY", backend.fullName());
    environment.put("GITHUB_SHA", backend.head("main"));
    environment.put("GITHUB_REF", "refs/heads/" + BRANCH);
    environment.put("GITHUB_REF_NAME", BRANCH);
    environment.put("GITHUB_RUN_ID", String.valueOf(1_700_000_000 + ++runs));
    return ContainerStep.with(environment);
  }

  private StepResult run(ContainerStep step) {
    gitHub.forgetRequests();
    registry.forget();
    argoCdIsAt = deployment.head(BRANCH);
    StepResult result = new ProcessRunner(folders).run(step);
    Canaries.assertAbsentFrom(result.shown() + result.outputs() + result.summary());
    return result;
  }

  private ArgoCdApplication application() {
    boolean up = !deployment.fileAt(BRANCH, MONITOR).orElseThrow().contains(broken);
    return ArgoCdApplication.of("astrago", gitHub.apiUrl() + "/xiilab/astrago-deployment.git")
        .with(json -> json.withObject("/spec/source").put("targetRevision", BRANCH))
        .synced(argoCdIsAt)
        .health(up ? "Healthy" : "Degraded")
        .ended(up ? "Succeeded" : "Failed", argoCdIsAt, 100)
        .reconciledAt(101);
  }

  /// What the charts make of the tip: a Deployment for each tag in the values.
  private String deployments() {
    String values =
        deployment.fileAt(BRANCH, VALUES).orElseThrow()
            + deployment.fileAt(BRANCH, MONITOR).orElseThrow();
    Map<String, String> images =
        Pattern.compile("([a-z]+)-stage-[0-9a-f]{8}")
            .matcher(values)
            .results()
            .collect(
                Collectors.toMap(
                    component -> component.group(1),
                    (MatchResult tag) -> registry.host() + "/xiilab/astrago:" + tag.group()));
    return ArgoCdApplication.deployments(images);
  }

  private static void assertRed(StepResult result) {
    assertThat(result.exitCode()).as("%s", result.shown()).isOne();
  }

  private static String fixture(String path) {
    try {
      return Files.readString(GITOPS.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
