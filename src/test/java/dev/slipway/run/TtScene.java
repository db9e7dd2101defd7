package dev.slipway.run;

import static dev.slipway.run.AwsScene.digest;
import static dev.slipway.run.AwsScene.tag;
import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.JobFolders;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeAws;
import dev.slipway.sandbox.FakeGitHub;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeMachine;
import dev.slipway.sandbox.FakeMachine.State;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.sandbox.RecordingProxy;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.TtSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/// System S5 over many runs: versions are released by its own workflow, and taken back by the
/// workflow beside it.
final class TtScene implements AutoCloseable {
  private final FakeGitHub gitHub = FakeGitHub.start();
  private final RegistryServer server = RegistryServer.withLogin();
  private final RecordingProxy registry = RecordingProxy.before(server.host());
  private final FakeRepository repository = gitHub.repository(TtSystem.APPLICATION);
  private final FakeAws cloud = FakeAws.start();
  private final JobFolders folders;
  private String environment = "production";
  private int run = 100;

  TtScene(Path folder) {
    folders = JobFolders.in(folder);
    gitHub
        .grant(Canaries.GITOPS_TOKEN, TtSystem.APPLICATION, Grant.WRITE)
        .grant(Canaries.GITHUB_TOKEN, TtSystem.APPLICATION, Grant.WRITE);
    repository.commit("main", "chore: start", "src/app.py", "0");
    repository.tag("v1.0.0");
    cloud.ssm().machine(TtSystem.MACHINE).tag("Name", "TT-ec2-1");
  }

  /// Where deliveries are noted from now on.
  ///
  /// @param where empty: nowhere
  void noting(String where) {
    environment = where;
  }

  FakeRepository repository() {
    return repository;
  }

  RecordingProxy registry() {
    return registry;
  }

  FakeMachine machine() {
    return cloud.ssm().machine(TtSystem.MACHINE);
  }

  /// The script that was sent last.
  String lastScript() {
    return cloud.ssm().commands().getLast().script();
  }

  /// Delivers a version that comes up.
  StepResult deploy(String version) throws IOException {
    StepResult result = deliver(version, "stop");
    assertGreen(result);
    return result;
  }

  StepResult deliverBroken(String version) throws IOException {
    machine().finishes(State.ended(1, "it does not start\n"));
    StepResult result = deliver(version, "stop");
    machine().finishes(State.ended(0, "done\n"));
    assertThat(result.exitCode()).isOne();
    return result;
  }

  StepResult deliver(String version, String onFailure) throws IOException {
    write(version);
    return run(system().step().withVariable("INPUT_ON-FAILURE", onFailure));
  }

  private void write(String version) throws IOException {
    repository.commit("main", "fix: the bug of " + version, "src/app.py", version);
    Files.copy(
        new SampleImages(folders.temp(), version).ociArchive().path(),
        folders.workspace().resolve("backend.tar"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  /// What a job has that checks nothing out.
  void leaveTheRunnerEmpty() {
    folders.clearWorkspace();
    registry.forget();
    gitHub.forgetRequests();
    cloud.forgetCalls();
  }

  /// The registry loses an image.
  void loseImage(StepResult delivered) {
    leaveTheRunnerEmpty();
    registry.lose(tag(delivered), digest(delivered));
  }

  StepResult rollBack() {
    return run(system().rollback());
  }

  /// With one input in another way.
  StepResult rollBack(String variable, String value) {
    return run(system().rollback().withVariable(variable, value));
  }

  private TtSystem system() {
    return new TtSystem(folders, repository, gitHub.apiUrl(), registry.host());
  }

  private StepResult run(ContainerStep step) {
    StepResult result =
        new ProcessRunner(folders)
            .run(
                step.withVariable("INPUT_AWS-ENDPOINT-URL", cloud.endpoint().toString())
                    .withVariable("INPUT_DEPLOYMENT-ENVIRONMENT", environment)
                    .withVariable("GITHUB_RUN_ID", String.valueOf(run++)));
    Canaries.assertAbsentFrom(result.shown() + result.outputs() + result.summary());
    cloud.ssm().commands().forEach(command -> Canaries.assertAbsentFrom(command.script()));
    return result;
  }

  void assertRolledBack(StepResult result, StepResult from, StepResult to) {
    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("outcome", "rolled-back")
        .containsEntry("changed", "true")
        .containsEntry("released", "false")
        .containsEntry("rolled-back-from", from.outputs().get("version"))
        .containsEntry("rolled-back-to", to.outputs().get("version"))
        .containsEntry("tags", to.outputs().get("tags"))
        .containsEntry("digest", digest(to));
    String command = result.outputs().get("ssm-command-id");
    assertThat(
            cloud.ssm().commands().stream()
                .filter(each -> each.id().equals(command))
                .findFirst()
                .orElseThrow()
                .script())
        .contains(variables(to));
    assertThat(digestOf(tag(to))).contains(digest(to));
  }

  List<String> variables(StepResult delivered) {
    return List.of(
        "export COMMIT_SHA='" + repository.tags().get(tag(delivered)) + "'\n",
        "export IMAGE='" + delivered.outputs().get("image") + "'\n",
        "export IMAGE_TAG='" + tag(delivered) + "'\n",
        "export IMAGE_DIGEST='" + digest(delivered) + "'\n",
        "export VERSION='" + delivered.outputs().get("version") + "'\n",
        "docker compose pull");
  }

  /// What the registry has under a tag.
  Optional<String> digestOf(String tag) {
    return server.digest(TtSystem.IMAGES, tag);
  }

  void assertNothingIsWritten() {
    assertThat(registry.requests())
        .allSatisfy(request -> assertThat(request.method()).isIn("GET", "HEAD"));
    assertThat(gitHub.writes()).isEmpty();
    assertThat(cloud.calls()).doesNotContain("SendCommand");
  }

  void assertRedBeforeAnything(StepResult result) {
    assertThat(result.exitCode()).isOne();
    assertNothingIsWritten();
  }

  @Override
  public void close() {
    cloud.close();
    registry.close();
    server.close();
    gitHub.close();
  }

  /// The run of an earlier commit, once more.
  StepResult runOf(String commit) {
    return run(system().step().withVariable("GITHUB_SHA", commit));
  }
}
