package dev.slipway.run;

import static dev.slipway.run.StepAssertions.assertGreen;
import static dev.slipway.sandbox.AstragoSystem.BRANCH;
import static dev.slipway.sandbox.AstragoSystem.MONITOR;
import static dev.slipway.sandbox.AstragoSystem.VALUES;
import static dev.slipway.sandbox.AstragoSystem.fixture;

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
import dev.slipway.sandbox.RecordingProxy;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// System S2's backend over many runs: versions are delivered by its own workflow, and taken back
/// by the workflow beside it, while the frontend delivers to the same file.
final class AstragoScene implements AutoCloseable {
  private static final List<String> COMPONENTS = List.of("core", "batch", "monitor");

  private final FakeGitHub gitHub = FakeGitHub.start();
  private final RegistryServer registryServer = RegistryServer.withLogin();
  private final RecordingProxy registry = RecordingProxy.before(registryServer.host());
  private final FakeArgoCd argoCd = FakeArgoCd.start();
  private final AstragoSystem system = new AstragoSystem(gitHub, registry.host());
  private final FakeRepository deployment = system.deployment();
  private final FakeRepository backend = gitHub.repository("xiilab/astrago-backend");
  private final JobFolders folders;
  private final String environment;
  private int runs;

  /// The commit whose images never come up.
  private volatile String broken = "none";

  /// Where Argo CD is, until it is asked to look again.
  private volatile String argoCdIsAt = "";

  /// Starts the system as it is before its first delivery.
  ///
  /// @param environment where deliveries are noted; empty: nowhere
  AstragoScene(Path folder, String environment) {
    this.folders = JobFolders.in(folder);
    this.environment = environment;
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

  private ArgoCdApplication application() {
    boolean up = !deployment.fileAt(BRANCH, MONITOR).orElseThrow().contains(broken);
    return system.application(argoCdIsAt, up);
  }

  FakeGitHub gitHub() {
    return gitHub;
  }

  RecordingProxy registry() {
    return registry;
  }

  FakeArgoCd argoCd() {
    return argoCd;
  }

  FakeRepository deployment() {
    return deployment;
  }

  FakeRepository backend() {
    return backend;
  }

  /// Delivers a version that comes up.
  ///
  /// @return its commit
  String deliver(String content) throws IOException {
    String commit = commit(content);
    assertGreen(run(delivery(content)));
    return commit;
  }

  /// Delivers a version that does not come up.
  StepResult deliverBroken(String content) throws IOException {
    broken = commit(content);
    return run(delivery(content));
  }

  private String commit(String content) {
    backend.file("app", content);
    return backend.head("main");
  }

  private ContainerStep delivery(String content) throws IOException {
    leaveTheRunnerEmpty();
    for (String component : COMPONENTS) {
      Files.copy(
          new SampleImages(folders.temp(), component + content).ociArchive().path(),
          folders.workspace().resolve(component + ".tar"));
    }
    return step("s2-astrago");
  }

  /// What a job has that checks nothing out.
  void leaveTheRunnerEmpty() throws IOException {
    for (String component : COMPONENTS) {
      Files.deleteIfExists(folders.workspace().resolve(component + ".tar"));
    }
  }

  /// The frontend's workflow delivers to the same file from its own repository.
  void deliverFrontend() {
    deployment.commit(
        BRANCH,
        "Deploy frontend",
        VALUES,
        deployment
            .fileAt(BRANCH, VALUES)
            .orElseThrow()
            .replace("frontend-stage-99887766", "frontend-stage-aabbccdd"));
  }

  ContainerStep rollback() {
    return step("s2-astrago-rollback");
  }

  private ContainerStep step(String workflow) {
    return system
        .step(workflow, folders, backend, argoCd.uri())
        .withVariable("INPUT_DEPLOYMENT-ENVIRONMENT", environment)
        .withVariable("INPUT_TIMEOUT", "1")
        .withVariable("GITHUB_RUN_ID", String.valueOf(1_700_000_000 + ++runs));
  }

  /// Runs a step; what was asked before it is forgotten.
  StepResult run(ContainerStep step) {
    gitHub.forgetRequests();
    registry.forget();
    argoCdIsAt = deployment.head(BRANCH);
    StepResult result = new ProcessRunner(folders).run(step);
    Canaries.assertAbsentFrom(result.shown() + result.outputs() + result.summary());
    return result;
  }

  /// The tag of a component's image of a commit.
  static String tag(String component, String commit) {
    return component + "-stage-" + commit.substring(0, 8);
  }

  /// The values of a commit beside those of the frontend's delivery.
  static String stageValues(String commit) {
    return fixture(VALUES)
        .replace("core-stage-0a1b2c3d", tag("core", commit))
        .replace("batch-stage-0a1b2c3d", tag("batch", commit))
        .replace("frontend-stage-99887766", "frontend-stage-aabbccdd");
  }

  static String monitorValues(String commit) {
    return fixture(MONITOR)
        .replace("monitor-stage-0a1b2c3d", tag("monitor", commit))
        .replace("0a1b2c3d4e5f60718293a4b5c6d7e8f901234567", commit);
  }

  @Override
  public void close() {
    argoCd.close();
    registry.close();
    registryServer.close();
    gitHub.close();
  }
}
