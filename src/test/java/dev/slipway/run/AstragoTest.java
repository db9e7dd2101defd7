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
import dev.slipway.sandbox.Fault;
import dev.slipway.sandbox.RecordedRequest;
import dev.slipway.sandbox.RecordingProxy;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs of system S2's steps: the backend's three images and the frontend's one reach the
/// registry, and one file of the deployment repository, by commits alone.
class AstragoTest {
  private static final String COMMIT = "mutation CommitOnBranch";

  @TempDir private Path folder;
  private final FakeGitHub gitHub = FakeGitHub.start();
  private final RegistryServer registryServer = RegistryServer.withLogin();
  private final RecordingProxy registry = RecordingProxy.before(registryServer.host());
  private final FakeArgoCd argoCd = FakeArgoCd.start();
  private final AstragoSystem system = new AstragoSystem(gitHub, registry.host());
  private final FakeRepository deployment = system.deployment();

  /// Where Argo CD is while it has not looked again; empty: at the tip.
  private volatile Optional<String> argoCdIsAt = Optional.empty();

  private Job backend;
  private Job frontend;

  /// A job of one of the two application repositories.
  private record Job(String workflow, FakeRepository repository, JobFolders folders) {
    String tag(String component) {
      return component + "-stage-" + repository.head("main").substring(0, 8);
    }
  }

  @BeforeEach
  void start() throws IOException {
    system.begun();
    gitHub.grant(Canaries.GITOPS_TOKEN, deployment.fullName(), Grant.CONTENTS);
    backend = job("s2-astrago", "xiilab/astrago-backend", "core", "batch", "monitor");
    frontend = job("s2-astrago-frontend", "xiilab/astrago-frontend", "frontend");
    argoCd.on("GET astrago", () -> Reply.ok(application().text()));
    argoCd.on("managed-resources astrago", () -> Reply.ok(system.deployments()));
  }

  private Job job(String workflow, String repository, String... components) throws IOException {
    JobFolders folders = JobFolders.in(folder.resolve(workflow));
    for (String component : components) {
      Files.copy(
          new SampleImages(folders.temp(), component).ociArchive().path(),
          folders.workspace().resolve(component + ".tar"));
    }
    gitHub.grant(Canaries.GITHUB_TOKEN, repository, Grant.READ);
    return new Job(workflow, gitHub.repository(repository).file("app", repository), folders);
  }

  @AfterEach
  void close() {
    argoCd.close();
    registry.close();
    registryServer.close();
    gitHub.close();
  }

  @Test
  void threeImagesAndFourKeysOfTwoFilesBecomeOneCommit() {
    String base = deployment.head(BRANCH);

    StepResult result = run(backend, step(backend));

    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("outcome", "deployed")
        .containsEntry("changed", "true")
        .containsEntry("commit-sha", deployment.head(BRANCH))
        .containsEntry("pull-request-state", "none");
    assertThat(result.outputs().get("images"))
        .contains(backend.tag("core"), backend.tag("batch"), backend.tag("monitor"));
    assertThat(registry.count("PUT", "/v2/xiilab/astrago/manifests/")).isEqualTo(3);
    assertThat(deployment.parentsOf(BRANCH)).containsExactly(base);
    assertThat(deployment.isVerified(BRANCH)).isTrue();
    assertThat(deployment.fileAt(BRANCH, VALUES)).contains(valuesOfTheBackend(fixture(VALUES)));
    assertThat(deployment.fileAt(BRANCH, MONITOR)).contains(monitorValues());
    assertThat(deployment.branches()).containsExactlyInAnyOrder("main", BRANCH);
    assertThat(deployment.pullRequests()).isEmpty();
    assertThat(gitHub.writes()).map(RecordedRequest::toString).containsExactly(COMMIT);
    assertThat(result.shown()).contains("Argo CD application astrago is live at ");
    Canaries.assertAbsentFrom(deployment.messageOf(BRANCH));
  }

  @Test
  void anArgoCdThatHasNotLookedYetIsAskedToLook() {
    argoCdIsAt = Optional.of(deployment.head(BRANCH));
    argoCd.on(
        "REFRESH astrago",
        () -> {
          argoCdIsAt = Optional.empty();
          return Reply.ok(application().text());
        });

    StepResult result = run(frontend, step(frontend));

    assertGreen(result);
    assertThat(argoCd.requests("refresh=")).hasSize(1);
    assertThat(result.shown()).contains("is live at " + deployment.head(BRANCH).substring(0, 7));
  }

  @Test
  void aSecondRunOfBothWritesNothing() {
    assertGreen(run(backend, step(backend)));
    assertGreen(run(frontend, step(frontend)));
    gitHub.forgetRequests();
    registry.forget();

    for (Job job : List.of(backend, frontend)) {
      StepResult second = run(job, step(job));

      assertGreen(second);
      assertThat(second.outputs())
          .containsEntry("outcome", "unchanged")
          .containsEntry("changed", "false");
    }
    assertThat(gitHub.writes()).isEmpty();
    assertThat(registry.requests())
        .allSatisfy(request -> assertThat(request.method()).isIn("GET", "HEAD"));
  }

  @Test
  void backendAndFrontendDeliverAtTheSameMomentAndBothLand() throws Exception {
    String base = deployment.head(BRANCH);
    CyclicBarrier bothWrite = new CyclicBarrier(2);
    gitHub.fault(COMMIT, new Fault.Overtaken(() -> meet(bothWrite)));
    gitHub.fault(COMMIT, new Fault.Overtaken(() -> meet(bothWrite)));

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<StepResult>> runs =
          threads.invokeAll(
              List.of(() -> run(backend, step(backend)), () -> run(frontend, step(frontend))));
      for (Future<StepResult> run : runs) {
        assertGreen(run.get());
        assertThat(run.get().outputs()).containsEntry("outcome", "deployed");
      }
    }

    assertThat(deployment.fileAt(BRANCH, VALUES))
        .contains(
            valuesOfTheBackend(fixture(VALUES))
                .replace("frontend-stage-99887766", frontend.tag("frontend")));
    assertThat(deployment.fileAt(BRANCH, MONITOR)).contains(monitorValues());
    assertThat(gitHub.writes()).map(RecordedRequest::toString).containsOnly(COMMIT).hasSize(3);
    assertThat(deployment.parentsOf(BRANCH)).hasSize(1).doesNotContain(base);
  }

  @Test
  void aUserWhoMayOnlyReadIsToldBeforeAnythingIsPushed() {
    gitHub.grant(Canaries.GITOPS_TOKEN, deployment.fullName(), Grant.READ);

    StepResult result = run(backend, step(backend));

    assertRefused(result);
    assertThat(registry.count("PUT", "")).isZero();
    assertThat(registry.count("POST", "")).isZero();
    assertThat(result.outputs()).doesNotContainKey("outcome");
  }

  @Test
  void anAppThatMayOnlyReadIsToldWhatWasPushedAlready() {
    gitHub.grant(Canaries.GITHUB_TOKEN, deployment.fullName(), Grant.READ);

    StepResult result =
        run(backend, step(backend).withVariable("INPUT_GITOPS-TOKEN", Canaries.GITHUB_TOKEN));

    assertRefused(result);
    assertThat(result.outputs()).containsKey("images").doesNotContainKey("outcome");
    assertThat(deployment.fileAt(BRANCH, VALUES)).contains(fixture(VALUES));
  }

  private void assertRefused(StepResult result) {
    assertThat(result.exitCode()).isOne();
    assertThat(result.log()).filteredOn(line -> line.startsWith("::error ")).hasSize(1);
    assertThat(result.shown()).contains("xiilab/astrago-deployment", "contents=write");
  }

  /// Waits until the other one is here too.
  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the other delivery does not write", e);
    }
  }

  private String valuesOfTheBackend(String text) {
    return text.replace("core-stage-0a1b2c3d", backend.tag("core"))
        .replace("batch-stage-0a1b2c3d", backend.tag("batch"));
  }

  private String monitorValues() {
    return fixture(MONITOR)
        .replace("monitor-stage-0a1b2c3d", backend.tag("monitor"))
        .replace("0a1b2c3d4e5f60718293a4b5c6d7e8f901234567", backend.repository().head("main"));
  }

  private ArgoCdApplication application() {
    return system.application(argoCdIsAt.orElseGet(() -> deployment.head(BRANCH)), true);
  }

  private ContainerStep step(Job job) {
    return system.step(job.workflow(), job.folders(), job.repository(), argoCd.uri());
  }

  private static StepResult run(Job job, ContainerStep step) {
    StepResult result = new ProcessRunner(job.folders()).run(step);
    Canaries.assertAbsentFrom(result.shown() + result.outputs() + result.summary());
    return result;
  }
}
