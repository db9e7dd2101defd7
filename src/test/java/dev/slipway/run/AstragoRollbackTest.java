package dev.slipway.run;

import static dev.slipway.run.StepAssertions.assertGreen;
import static dev.slipway.sandbox.AstragoSystem.BRANCH;
import static dev.slipway.sandbox.AstragoSystem.MONITOR;
import static dev.slipway.sandbox.AstragoSystem.VALUES;
import static dev.slipway.sandbox.AstragoSystem.fixture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.JobFolders;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.ArgoCdApplication;
import dev.slipway.sandbox.AstragoSystem;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole runs that take a delivery of system S2's backend back, from its own workflow files: three
/// images and four keys of two files in one commit, beside a frontend that delivers there too.
class AstragoRollbackTest {
  @TempDir private Path folder;
  private final FakeGitHub gitHub = FakeGitHub.start();
  private final RegistryServer registryServer = RegistryServer.withLogin();
  private final RecordingProxy registry = RecordingProxy.before(registryServer.host());
  private final FakeArgoCd argoCd = FakeArgoCd.start();
  private final AstragoSystem system = new AstragoSystem(gitHub, registry.host());
  private final FakeRepository deployment = system.deployment();
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
    system.begun();
    gitHub.grant(Canaries.GITOPS_TOKEN, deployment.fullName(), Grant.CONTENTS);
    gitHub.grant(Canaries.GITHUB_TOKEN, backend.fullName(), Grant.WRITE);
    argoCd.on("GET astrago", () -> Reply.ok(application().text()));
    argoCd.on("managed-resources astrago", () -> Reply.ok(system.deployments()));
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

  private ContainerStep step(String workflow, String environment) {
    return system
        .step(workflow, folders, backend, argoCd.uri())
        .withVariable("INPUT_DEPLOYMENT-ENVIRONMENT", environment)
        .withVariable("INPUT_TIMEOUT", "1")
        .withVariable("GITHUB_RUN_ID", String.valueOf(1_700_000_000 + ++runs));
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
    return system.application(argoCdIsAt, up);
  }

  private static void assertRed(StepResult result) {
    assertThat(result.exitCode()).as("%s", result.shown()).isOne();
  }
}
