package dev.slipway.run;

import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeAws;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeMachine.State;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import dev.slipway.sandbox.WireFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole runs of system S4 that return to an earlier delivery, each after whole runs that
/// delivered.
class PopconRollbackTest {
  private static final String MACHINE = "i-0123456789abcdef0";
  private static final String REPOSITORY = "dev-app";

  @TempDir private Path folder;
  private Sandbox sandbox;
  private FakeAws cloud;
  private String environment = "production";
  private int run = 100;

  @BeforeEach
  void start() {
    sandbox = Sandbox.start(ReplacedSystem.POPCON, folder);
    sandbox.ecr().add(REPOSITORY);
    sandbox.gitHub().grant(Canaries.GITHUB_TOKEN, ReplacedSystem.POPCON.application(), Grant.WRITE);
    cloud = FakeAws.before(sandbox.ecr().endpoint());
    cloud.ssm().machine(MACHINE).tag("Name", "popcon");
  }

  @AfterEach
  void close() {
    cloud.close();
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "production"})
  void returnsFromABrokenVersionAndThenFurther(String where) throws IOException {
    environment = where;
    StepResult oldest = deploy("0.9.0");
    StepResult good = deploy("1.0.0");
    StepResult broken = deliverBroken("1.1.0", "stop");
    leaveTheRunnerEmpty();

    StepResult first = rollBack();
    String middle = sandbox.digest(REPOSITORY, "backend-latest").orElseThrow();
    StepResult second = rollBack();

    assertRolledBack(first, broken, good);
    assertThat(middle).isEqualTo(good.outputs().get("digest"));
    assertRolledBack(second, good, oldest);
    assertThat(sandbox.digest(REPOSITORY, "backend-latest")).contains(digest(oldest));
    assertThat(sandbox.digest(REPOSITORY, tag(broken))).contains(digest(broken));
    assertThat(sandbox.digest(REPOSITORY, tag(good))).contains(digest(good));
    assertThat(sandbox.registry().count("POST", "/blobs/uploads/")).isZero();
    assertThat(sandbox.registry().count("PATCH", "")).isZero();
    assertThat(sandbox.application().ledger())
        .isEqualTo(
            where.isEmpty()
                ? List.of()
                : List.of(
                    "Deploy %s: SUCCESS".formatted(tag(oldest)),
                    "Deploy %s: FAILURE".formatted(tag(good)),
                    "Deploy %s: FAILURE".formatted(tag(broken)),
                    "Return to %s: FAILURE".formatted(tag(good)),
                    "Return to %s: SUCCESS".formatted(tag(oldest))));
  }

  @Test
  void aFrontendOfTheSameRepositoryIsNoBackend() throws IOException {
    StepResult good = deploy("1.0.0");
    StepResult newest = deploy("1.1.0");
    write("frontend");
    StepResult frontend =
        run(
            sandbox
                .step()
                .withVariable("INPUT_TAG", "frontend-{sha:7}")
                .withVariable("INPUT_EXTRA-TAGS", "frontend-latest"));
    leaveTheRunnerEmpty();

    StepResult result = rollBack();

    assertGreen(frontend);
    assertRolledBack(result, newest, good);
    assertThat(sandbox.digest(REPOSITORY, "frontend-latest")).contains(digest(frontend));
  }

  @Test
  void namesTheNextCandidateWhereTheImageIsGone() throws IOException {
    StepResult oldest = deploy("0.9.0");
    StepResult good = deploy("1.0.0");
    deploy("1.1.0");
    loseImage(good);

    StepResult result = rollBack();

    assertRedBeforeAnything(result);
    assertThat(result.shown())
        .contains(
            "%s cannot be returned to".formatted(tag(good)),
            "`rollback-to: %s`".formatted(tag(oldest)));
  }

  @Test
  void passesOverAnImageThatIsGoneWithoutALedger() throws IOException {
    environment = "";
    StepResult oldest = deploy("0.9.0");
    StepResult good = deploy("1.0.0");
    StepResult newest = deploy("1.1.0");
    loseImage(good);

    StepResult result = rollBack();

    assertRolledBack(result, newest, oldest);
  }

  @Test
  void saysThatNothingIsKnown() throws IOException {
    environment = "";
    deploy("1.0.0");
    leaveTheRunnerEmpty();

    StepResult result = rollBack();

    assertRedBeforeAnything(result);
    assertThat(result.shown()).contains("There is no earlier delivery to return to");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "production"})
  void returnsToWhatIsNamed(String where) throws IOException {
    environment = where;
    StepResult oldest = deploy("0.9.0");
    String commit = sandbox.application().head("main");
    deploy("1.0.0");
    deploy("1.1.0");
    leaveTheRunnerEmpty();

    for (String name : List.of(tag(oldest), commit, commit.substring(0, 8))) {
      StepResult result = run(sandbox.rollback().withVariable("INPUT_ROLLBACK-TO", name));

      assertGreen(result);
      assertThat(result.outputs())
          .containsEntry("outcome", "rolled-back")
          .containsEntry("rolled-back-to", tag(oldest))
          .containsEntry("digest", digest(oldest));
      assertScriptGot(oldest);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.7.7", "not a tag!", "backend-0000000", "0123456789abcdef"})
  void refusesWhatItDoesNotKnow(String name) throws IOException {
    deploy("1.0.0");
    deploy("1.1.0");
    leaveTheRunnerEmpty();

    StepResult result = run(sandbox.rollback().withVariable("INPUT_ROLLBACK-TO", name));

    assertRedBeforeAnything(result);
    assertThat(result.shown()).contains(name, "rollback-to");
  }

  @Test
  void writesNothingInADryRun() throws IOException {
    deploy("1.0.0");
    StepResult newest = deploy("1.1.0");
    leaveTheRunnerEmpty();

    StepResult result = run(sandbox.rollback().withVariable("INPUT_DRY-RUN", "true"));

    assertGreen(result);
    assertThat(result.outputs()).containsEntry("outcome", "planned");
    assertThat(result.shown()).contains("rollback %s -> ".formatted(tag(newest)), MACHINE);
    assertNothingIsWritten();
  }

  @Test
  void aSecondAttemptGoesOnWhereTheFirstOneStopped() throws IOException {
    deploy("0.9.0");
    StepResult good = deploy("1.0.0");
    deploy("1.1.0");
    leaveTheRunnerEmpty();
    cloud.ssm().machine(MACHINE).finishes(State.ended(1, "no network\n"));
    StepResult failed = rollBack();
    run--;
    cloud.ssm().machine(MACHINE).finishes(State.ended(0, "done\n"));

    StepResult again = rollBack();

    assertThat(failed.exitCode()).isOne();
    assertGreen(again);
    assertThat(again.outputs())
        .containsEntry("outcome", "rolled-back")
        .containsEntry("rolled-back-to", tag(good));
    assertScriptGot(good);
    assertThat(sandbox.application().ledger())
        .last()
        .isEqualTo("Return to %s: SUCCESS".formatted(tag(good)));
  }

  @Test
  void takesATagThatMayNotMoveAsItIs() throws IOException {
    StepResult good = deploy("1.0.0");
    StepResult newest = deploy("1.1.0");
    leaveTheRunnerEmpty();
    sandbox
        .registry()
        .always(request ->
            request.is("PUT", "/manifests/" + tag(good))
                ? Optional.of(
                    WireFault.refusal(
                        400,
                        "TAG_INVALID",
                        "The image tag '%s' already exists in the 'dev-app' repository and cannot be overwritten because the repository is immutable."
                            .formatted(tag(good))))
                : Optional.empty());

    StepResult result = rollBack();

    assertRolledBack(result, newest, good);
  }

  @Test
  void goesByTheTagsWhereTheLedgerMayNotBeWritten() throws IOException {
    sandbox.gitHub().grant(Canaries.GITHUB_TOKEN, ReplacedSystem.POPCON.application(), Grant.READ);
    StepResult good = deploy("1.0.0");
    StepResult newest = deploy("1.1.0");

    StepResult result = rollBack();

    assertRolledBack(result, newest, good);
    assertThat(result.shown()).contains("deployments=write", "whether it ran well, nobody noted");
  }

  @Test
  void returnsAtOnceWhenTheScriptFails() throws IOException {
    StepResult good = deploy("1.0.0");
    cloud
        .ssm()
        .machine(MACHINE)
        .inTurn(State.ended(1, "no space left\n"), State.ended(0, "done\n"));

    StepResult result = deliver("1.1.0", "rollback");

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown())
        .contains("no space left", "Rolled back: %s -> %s; ".formatted(tag(result), tag(good)));
    assertThat(result.outputs())
        .containsEntry("outcome", "rolled-back")
        .containsEntry("rolled-back-from", tag(result))
        .containsEntry("rolled-back-to", tag(good));
    assertScriptGot(good);
    assertThat(sandbox.digest(REPOSITORY, "backend-latest")).contains(digest(good));
    assertThat(sandbox.application().ledger())
        .containsExactly(
            "Deploy %s: SUCCESS".formatted(tag(good)),
            "Deploy %s: FAILURE".formatted(tag(result)),
            "Return to %s: SUCCESS".formatted(tag(good)));
  }

  @Test
  void runsNoScriptAgainWhenNothingIsKnownToReturnTo() throws IOException {
    StepResult result = deliverBroken("1.0.0", "rollback");

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown()).contains("exit code 1", "There is no earlier delivery to return to");
    assertThat(result.outputs()).doesNotContainKey("outcome");
    assertThat(cloud.ssm().commands()).hasSize(1);
  }

  /// Delivers a version that comes up.
  private StepResult deploy(String version) throws IOException {
    StepResult result = deliver(version, "stop");
    assertGreen(result);
    return result;
  }

  private StepResult deliverBroken(String version, String onFailure) throws IOException {
    cloud.ssm().machine(MACHINE).finishes(State.ended(1, "it does not start\n"));
    StepResult result = deliver(version, onFailure);
    cloud.ssm().machine(MACHINE).finishes(State.ended(0, "done\n"));
    assertThat(result.exitCode()).isOne();
    return result;
  }

  private StepResult deliver(String version, String onFailure) throws IOException {
    write(version);
    return run(sandbox.step().withVariable("INPUT_ON-FAILURE", onFailure));
  }

  private void write(String version) throws IOException {
    sandbox.application().file("app.js", version);
    Files.copy(
        new SampleImages(sandbox.folders().temp(), version).ociArchive().path(),
        sandbox.folders().workspace().resolve("backend.tar"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  /// What a job has that checks nothing out.
  private void leaveTheRunnerEmpty() throws IOException {
    Files.delete(sandbox.folders().workspace().resolve("backend.tar"));
    sandbox.registry().forget();
    sandbox.gitHub().forgetRequests();
    cloud.forgetCalls();
  }

  /// A lifecycle rule removes it.
  private void loseImage(StepResult delivered) throws IOException {
    leaveTheRunnerEmpty();
    sandbox
        .registry()
        .always(request ->
            request
                    .path()
                    .matches(".*/manifests/(%s|%s)".formatted(tag(delivered), digest(delivered)))
                ? Optional.of(WireFault.refusal(404, "MANIFEST_UNKNOWN", "manifest unknown"))
                : Optional.empty());
  }

  private StepResult rollBack() {
    return run(sandbox.rollback());
  }

  private StepResult run(ContainerStep step) {
    StepResult result =
        new ProcessRunner(sandbox.folders())
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
        .containsEntry("rolled-back-from", tag(from))
        .containsEntry("rolled-back-to", tag(to))
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
    assertThat(sandbox.digest(REPOSITORY, tag(to))).contains(digest(to));
  }

  private void assertScriptGot(StepResult delivered) {
    assertThat(cloud.ssm().commands().getLast().script()).contains(variables(delivered));
  }

  private static List<String> variables(StepResult delivered) {
    return List.of(
        "export COMMIT_SHA='" + tag(delivered).replace("backend-", ""),
        "export IMAGE='" + delivered.outputs().get("image") + "'\n",
        "export IMAGE_TAG='" + tag(delivered) + "'\n",
        "export IMAGE_DIGEST='" + digest(delivered) + "'\n",
        "\n./deploy.sh\n");
  }

  private void assertNothingIsWritten() {
    assertThat(sandbox.registry().requests())
        .allSatisfy(request -> assertThat(request.method()).isIn("GET", "HEAD"));
    assertThat(sandbox.gitHub().writes()).isEmpty();
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
