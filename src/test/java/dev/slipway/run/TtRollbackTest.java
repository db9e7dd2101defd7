package dev.slipway.run;

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
import dev.slipway.sandbox.FakeMachine.State;
import dev.slipway.sandbox.FakeRelease;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.sandbox.RecordingProxy;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.TtSystem;
import dev.slipway.sandbox.WireFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole runs of system S5 that return to an earlier release, each after whole runs that released.
class TtRollbackTest {
  @TempDir private Path folder;
  private final FakeGitHub gitHub = FakeGitHub.start();
  private final RegistryServer server = RegistryServer.withLogin();
  private final RecordingProxy registry = RecordingProxy.before(server.host());
  private final FakeRepository repository = gitHub.repository(TtSystem.APPLICATION);
  private final FakeAws cloud = FakeAws.start();
  private JobFolders folders;
  private String environment = "production";
  private int run = 100;

  @BeforeEach
  void start() {
    folders = JobFolders.in(folder);
    gitHub
        .grant(Canaries.GITOPS_TOKEN, TtSystem.APPLICATION, Grant.WRITE)
        .grant(Canaries.GITHUB_TOKEN, TtSystem.APPLICATION, Grant.WRITE);
    repository.commit("main", "chore: start", "src/app.py", "0");
    repository.tag("v1.0.0");
    cloud.ssm().machine(TtSystem.MACHINE).tag("Name", "TT-ec2-1");
  }

  @AfterEach
  void close() {
    cloud.close();
    registry.close();
    server.close();
    gitHub.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "production"})
  void returnsFromABrokenReleaseAndThenFurther(String where) throws IOException {
    environment = where;
    StepResult oldest = deploy("1.0.1");
    StepResult good = deploy("1.0.2");
    StepResult broken = deliverBroken("1.0.3", "stop");
    leaveTheRunnerEmpty();
    Map<String, String> tags = repository.tags();
    List<FakeRelease> releases = repository.releases();

    StepResult first = rollBack();
    Optional<String> middle = latest();
    StepResult second = rollBack();

    assertRolledBack(first, broken, good);
    assertThat(middle).contains(digest(good));
    assertRolledBack(second, good, oldest);
    assertThat(latest()).contains(digest(oldest));
    assertThat(server.digest(TtSystem.IMAGES, "v1.0.3")).contains(digest(broken));
    assertThat(registry.count("POST", "/blobs/uploads/")).isZero();
    assertThat(registry.count("PATCH", "")).isZero();
    assertThat(repository.tags()).isEqualTo(tags).containsKeys("v1.0.1", "v1.0.2", "v1.0.3");
    assertThat(repository.releases()).isEqualTo(releases).hasSize(3);
    assertThat(repository.ledger())
        .isEqualTo(
            where.isEmpty()
                ? List.of()
                : List.of(
                    "Deploy 1.0.1: SUCCESS",
                    "Deploy 1.0.2: FAILURE",
                    "Deploy 1.0.3: FAILURE",
                    "Return to 1.0.2: FAILURE",
                    "Return to 1.0.1: SUCCESS"));
    assertThat(first.shown())
        .contains("rollback 1.0.3 -> 1.0.2", "Rolled back: 1.0.3 -> 1.0.2; ")
        .contains("version  1.0.2");
    assertThat(first.summary())
        .contains("| Rollback | `1.0.3 -> 1.0.2` |", "| Version | `1.0.2` |")
        .contains("| Further tag | `latest` |");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "production"})
  void returnsToWhatIsNamed(String where) throws IOException {
    environment = where;
    StepResult oldest = deploy("1.0.1");
    deploy("1.0.2");
    deploy("1.0.3");
    leaveTheRunnerEmpty();
    String commit = repository.tags().get("v1.0.1");

    for (String name : List.of("1.0.1", "v1.0.1", commit, commit.substring(0, 8))) {
      StepResult result = run(rollback("INPUT_ROLLBACK-TO", name));

      assertGreen(result);
      assertThat(result.outputs())
          .containsEntry("outcome", "rolled-back")
          .containsEntry("rolled-back-to", "1.0.1")
          .containsEntry("version", "1.0.1")
          .containsEntry("digest", digest(oldest));
      assertThat(cloud.ssm().commands().getLast().script()).contains(variables(oldest));
      assertThat(latest()).contains(digest(oldest));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.7.7", "not a tag!", "v0.0.1", "0123456789abcdef"})
  void refusesWhatItDoesNotKnow(String name) throws IOException {
    deploy("1.0.1");
    deploy("1.0.2");
    leaveTheRunnerEmpty();

    StepResult result = run(rollback("INPUT_ROLLBACK-TO", name));

    assertRedBeforeAnything(result);
    assertThat(result.shown()).contains(name, "rollback-to");
  }

  @Test
  void namesTheNextCandidateWhereTheImageIsGone() throws IOException {
    deploy("1.0.1");
    StepResult good = deploy("1.0.2");
    deploy("1.0.3");
    loseImage(good);

    StepResult result = rollBack();

    assertRedBeforeAnything(result);
    assertThat(result.shown()).contains("1.0.2 cannot be returned to", "`rollback-to: 1.0.1`");
  }

  @Test
  void writesNothingInADryRun() throws IOException {
    deploy("1.0.1");
    deploy("1.0.2");
    leaveTheRunnerEmpty();

    StepResult result = run(rollback("INPUT_DRY-RUN", "true"));

    assertGreen(result);
    assertThat(result.outputs()).containsEntry("outcome", "planned");
    assertThat(result.shown()).contains("rollback 1.0.2 -> 1.0.1", TtSystem.MACHINE);
    assertNothingIsWritten();
  }

  @Test
  void goesOnForwardAfterARollback() throws IOException {
    StepResult good = deploy("1.0.1");
    deploy("1.0.2");
    assertGreen(rollBack());
    StepResult newest = deploy("1.0.3");
    Optional<String> ahead = latest();

    StepResult result = rollBack();

    assertThat(ahead).contains(digest(newest));
    assertRolledBack(result, newest, good);
  }

  @Test
  void returnsAtOnceWhenTheScriptFails() throws IOException {
    StepResult good = deploy("1.0.1");
    cloud
        .ssm()
        .machine(TtSystem.MACHINE)
        .inTurn(State.ended(1, "no space left\n"), State.ended(0, "done\n"));

    StepResult result = deliver("1.0.2", "rollback");

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown()).contains("no space left", "Rolled back: 1.0.2 -> 1.0.1; ");
    assertThat(result.outputs())
        .containsEntry("outcome", "rolled-back")
        .containsEntry("tag-name", "v1.0.2")
        .containsEntry("released", "true")
        .containsEntry("rolled-back-from", "1.0.2")
        .containsEntry("rolled-back-to", "1.0.1");
    assertThat(cloud.ssm().commands().getLast().script()).contains(variables(good));
    assertThat(latest()).contains(digest(good));
    assertThat(repository.tags()).containsKey("v1.0.2");
  }

  /// Delivers a version that comes up.
  private StepResult deploy(String version) throws IOException {
    StepResult result = deliver(version, "stop");
    assertGreen(result);
    return result;
  }

  private StepResult deliverBroken(String version, String onFailure) throws IOException {
    cloud.ssm().machine(TtSystem.MACHINE).finishes(State.ended(1, "it does not start\n"));
    StepResult result = deliver(version, onFailure);
    cloud.ssm().machine(TtSystem.MACHINE).finishes(State.ended(0, "done\n"));
    assertThat(result.exitCode()).isOne();
    return result;
  }

  private StepResult deliver(String version, String onFailure) throws IOException {
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
  private void leaveTheRunnerEmpty() throws IOException {
    Files.delete(folders.workspace().resolve("backend.tar"));
    registry.forget();
    gitHub.forgetRequests();
    cloud.forgetCalls();
  }

  /// A lifecycle rule removes it.
  private void loseImage(StepResult delivered) throws IOException {
    leaveTheRunnerEmpty();
    registry.always(request ->
        request.path().matches(".*/manifests/(%s|%s)".formatted(tag(delivered), digest(delivered)))
            ? Optional.of(WireFault.refusal(404, "MANIFEST_UNKNOWN", "manifest unknown"))
            : Optional.empty());
  }

  private StepResult rollBack() {
    return run(system().rollback());
  }

  private ContainerStep rollback(String variable, String value) {
    return system().rollback().withVariable(variable, value);
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

  private void assertRolledBack(StepResult result, StepResult from, StepResult to) {
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
    assertThat(server.digest(TtSystem.IMAGES, tag(to))).contains(digest(to));
  }

  private List<String> variables(StepResult delivered) {
    return List.of(
        "export COMMIT_SHA='" + repository.tags().get(tag(delivered)) + "'\n",
        "export IMAGE='" + delivered.outputs().get("image") + "'\n",
        "export IMAGE_TAG='" + tag(delivered) + "'\n",
        "export IMAGE_DIGEST='" + digest(delivered) + "'\n",
        "export VERSION='" + delivered.outputs().get("version") + "'\n",
        "docker compose pull");
  }

  private Optional<String> latest() {
    return server.digest(TtSystem.IMAGES, "latest");
  }

  private void assertNothingIsWritten() {
    assertThat(registry.requests())
        .allSatisfy(request -> assertThat(request.method()).isIn("GET", "HEAD"));
    assertThat(gitHub.writes()).isEmpty();
    assertThat(cloud.calls()).doesNotContain("SendCommand");
  }

  private void assertRedBeforeAnything(StepResult result) {
    assertThat(result.exitCode()).isOne();
    assertNothingIsWritten();
  }

  private static String tag(StepResult delivered) {
    return delivered.outputs().get("tag");
  }

  private static String digest(StepResult delivered) {
    return delivered.outputs().get("digest");
  }
}
