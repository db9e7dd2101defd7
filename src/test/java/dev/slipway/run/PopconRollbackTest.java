package dev.slipway.run;

import static dev.slipway.run.AwsScene.digest;
import static dev.slipway.run.AwsScene.tag;
import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.StepResult;
import dev.slipway.run.AwsScene.Built;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeMachine.State;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import dev.slipway.sandbox.WireFault;
import java.io.IOException;
import java.nio.file.Path;
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

  @TempDir private Path folder;
  private AwsScene scene;

  @BeforeEach
  void start() {
    scene = new AwsScene(ReplacedSystem.POPCON, folder, new Built("backend.tar", "dev-app"));
    scene.cloud().ssm().machine(MACHINE).tag("Name", "popcon");
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "production"})
  void returnsFromABrokenVersionAndThenFurther(String where) throws IOException {
    scene.noting(where);
    StepResult oldest = scene.deploy("0.9.0");
    StepResult good = scene.deploy("1.0.0");
    StepResult broken = deliverBroken("1.1.0", "stop");
    scene.leaveTheRunnerEmpty();

    StepResult first = scene.rollBack();
    String middle = scene.digestOf("backend-latest").orElseThrow();
    StepResult second = scene.rollBack();

    assertRolledBack(first, broken, good);
    assertThat(middle).isEqualTo(digest(good));
    assertRolledBack(second, good, oldest);
    assertThat(scene.digestOf("backend-latest")).contains(digest(oldest));
    assertThat(scene.digestOf(tag(broken))).contains(digest(broken));
    assertThat(scene.digestOf(tag(good))).contains(digest(good));
    assertThat(scene.sandbox().registry().count("POST", "/blobs/uploads/")).isZero();
    assertThat(scene.sandbox().registry().count("PATCH", "")).isZero();
    assertThat(scene.sandbox().application().ledger())
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
    StepResult good = scene.deploy("1.0.0");
    StepResult newest = scene.deploy("1.1.0");
    scene.build("frontend");
    StepResult frontend =
        scene.run(
            scene
                .sandbox()
                .step()
                .withVariable("INPUT_TAG", "frontend-{sha:7}")
                .withVariable("INPUT_EXTRA-TAGS", "frontend-latest"));
    scene.leaveTheRunnerEmpty();

    StepResult result = scene.rollBack();

    assertGreen(frontend);
    assertRolledBack(result, newest, good);
    assertThat(scene.digestOf("frontend-latest")).contains(digest(frontend));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rollback-to"})
  void believesNoDeploymentOfAnotherRegistry(String named) throws IOException {
    StepResult good = scene.deploy("1.0.0");
    ForgedDeployment.afterTheNewest(
        scene.sandbox().application(), scene.sandbox().registry().host(), "evil.example");
    StepResult newest = scene.deploy("1.1.0");
    scene.leaveTheRunnerEmpty();

    StepResult result = named.isEmpty() ? scene.rollBack() : scene.rollBackTo(tag(good));

    assertRolledBack(result, newest, good);
    assertThat(result.shown()).contains("1 of the deployments of production are not believed");
    assertThat(
            scene.sandbox().gitHub().requests().stream()
                .filter(request -> request.toString().contains("Deployments")))
        .as("the ledger is read once")
        .hasSize(1);
    assertThat(scene.cloud().ssm().commands())
        .allSatisfy(command -> assertThat(command.script()).doesNotContain("evil.example"));
  }

  @Test
  void namesTheNextCandidateWhereTheImageIsGone() throws IOException {
    StepResult oldest = scene.deploy("0.9.0");
    StepResult good = scene.deploy("1.0.0");
    scene.deploy("1.1.0");
    scene.loseImage(good);

    StepResult result = scene.rollBack();

    scene.assertRedBeforeAnything(result);
    assertThat(result.shown())
        .contains(
            "%s cannot be returned to".formatted(tag(good)),
            "`rollback-to: %s`".formatted(tag(oldest)));
  }

  @Test
  void passesOverAnImageThatIsGoneWithoutALedger() throws IOException {
    scene.noting("");
    StepResult oldest = scene.deploy("0.9.0");
    StepResult good = scene.deploy("1.0.0");
    StepResult newest = scene.deploy("1.1.0");
    scene.loseImage(good);

    StepResult result = scene.rollBack();

    assertRolledBack(result, newest, oldest);
  }

  @Test
  void saysThatNothingIsKnown() throws IOException {
    scene.noting("");
    scene.deploy("1.0.0");
    scene.leaveTheRunnerEmpty();

    StepResult result = scene.rollBack();

    scene.assertRedBeforeAnything(result);
    assertThat(result.shown()).contains("There is no earlier delivery to return to");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "production"})
  void returnsToWhatIsNamed(String where) throws IOException {
    scene.noting(where);
    StepResult oldest = scene.deploy("0.9.0");
    String commit = scene.sandbox().application().head("main");
    scene.deploy("1.0.0");
    scene.deploy("1.1.0");
    scene.leaveTheRunnerEmpty();

    for (String name : List.of(tag(oldest), commit, commit.substring(0, 8))) {
      StepResult result = scene.rollBackTo(name);

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
    scene.deploy("1.0.0");
    scene.deploy("1.1.0");
    scene.leaveTheRunnerEmpty();

    StepResult result = scene.rollBackTo(name);

    scene.assertRedBeforeAnything(result);
    assertThat(result.shown()).contains(name, "rollback-to");
  }

  @Test
  void writesNothingInADryRun() throws IOException {
    scene.deploy("1.0.0");
    StepResult newest = scene.deploy("1.1.0");
    scene.leaveTheRunnerEmpty();

    StepResult result = scene.run(scene.sandbox().rollback().withVariable("INPUT_DRY-RUN", "true"));

    assertGreen(result);
    assertThat(result.outputs()).containsEntry("outcome", "planned");
    assertThat(result.shown()).contains("rollback %s -> ".formatted(tag(newest)), MACHINE);
    scene.assertNothingIsWritten();
  }

  @Test
  void aSecondAttemptGoesOnWhereTheFirstOneStopped() throws IOException {
    scene.deploy("0.9.0");
    StepResult good = scene.deploy("1.0.0");
    scene.deploy("1.1.0");
    scene.leaveTheRunnerEmpty();
    scene.cloud().ssm().machine(MACHINE).finishes(State.ended(1, "no network\n"));
    StepResult failed = scene.rollBack();
    scene.cloud().ssm().machine(MACHINE).finishes(State.ended(0, "done\n"));

    StepResult again = scene.rollBackAgain();

    assertThat(failed.exitCode()).isOne();
    assertGreen(again);
    assertThat(again.outputs())
        .containsEntry("outcome", "rolled-back")
        .containsEntry("rolled-back-to", tag(good));
    assertScriptGot(good);
    assertThat(scene.sandbox().application().ledger())
        .last()
        .isEqualTo("Return to %s: SUCCESS".formatted(tag(good)));
  }

  @Test
  void takesATagThatMayNotMoveAsItIs() throws IOException {
    StepResult good = scene.deploy("1.0.0");
    StepResult newest = scene.deploy("1.1.0");
    scene.leaveTheRunnerEmpty();
    scene
        .sandbox()
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

    StepResult result = scene.rollBack();

    assertRolledBack(result, newest, good);
  }

  @Test
  void goesByTheTagsWhereTheLedgerMayNotBeWritten() throws IOException {
    scene
        .sandbox()
        .gitHub()
        .grant(Canaries.GITHUB_TOKEN, ReplacedSystem.POPCON.application(), Grant.READ);
    StepResult good = scene.deploy("1.0.0");
    StepResult newest = scene.deploy("1.1.0");

    StepResult result = scene.rollBack();

    assertRolledBack(result, newest, good);
    assertThat(result.shown()).contains("deployments=write", "whether it ran well, nobody noted");
  }

  @Test
  void returnsAtOnceWhenTheScriptFails() throws IOException {
    StepResult good = scene.deploy("1.0.0");
    scene
        .cloud()
        .ssm()
        .machine(MACHINE)
        .inTurn(State.ended(1, "no space left\n"), State.ended(0, "done\n"));

    StepResult result = scene.deliver("1.1.0", "rollback");

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown())
        .contains("no space left", "Rolled back: %s -> %s; ".formatted(tag(result), tag(good)));
    assertThat(result.outputs())
        .containsEntry("outcome", "rolled-back")
        .containsEntry("rolled-back-from", tag(result))
        .containsEntry("rolled-back-to", tag(good));
    assertScriptGot(good);
    assertThat(scene.digestOf("backend-latest")).contains(digest(good));
    assertThat(scene.sandbox().application().ledger())
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
    assertThat(scene.cloud().ssm().commands()).hasSize(1);
  }

  private StepResult deliverBroken(String version, String onFailure) throws IOException {
    scene.cloud().ssm().machine(MACHINE).finishes(State.ended(1, "it does not start\n"));
    StepResult result = scene.deliver(version, onFailure);
    scene.cloud().ssm().machine(MACHINE).finishes(State.ended(0, "done\n"));
    assertThat(result.exitCode()).isOne();
    return result;
  }

  private void assertRolledBack(StepResult result, StepResult from, StepResult to) {
    scene.assertRolledBack(result, from, to);
    String command = result.outputs().get("ssm-command-id");
    assertThat(
            scene.cloud().ssm().commands().stream()
                .filter(each -> each.id().equals(command))
                .findFirst()
                .orElseThrow()
                .script())
        .contains(variables(to));
  }

  private void assertScriptGot(StepResult delivered) {
    assertThat(scene.cloud().ssm().commands().getLast().script()).contains(variables(delivered));
  }

  private static List<String> variables(StepResult delivered) {
    return List.of(
        "export COMMIT_SHA='" + tag(delivered).replace("backend-", ""),
        "export IMAGE='" + delivered.outputs().get("image") + "'\n",
        "export IMAGE_TAG='" + tag(delivered) + "'\n",
        "export IMAGE_DIGEST='" + digest(delivered) + "'\n",
        "\n./deploy.sh\n");
  }
}
