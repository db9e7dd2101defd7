package dev.slipway.run;

import static dev.slipway.run.AwsScene.digest;
import static dev.slipway.run.AwsScene.tag;
import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.StepResult;
import dev.slipway.sandbox.FakeMachine.State;
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
  @TempDir private Path folder;
  private PopconScene scene;

  @BeforeEach
  void start() {
    scene = new PopconScene(folder);
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
    StepResult broken = scene.deliverBroken("1.1.0", "stop");
    scene.leaveTheRunnerEmpty();

    StepResult first = scene.rollBack();
    String middle = scene.digestOf("backend-latest").orElseThrow();
    StepResult second = scene.rollBack();

    scene.assertRolledBack(first, broken, good);
    assertThat(middle).isEqualTo(digest(good));
    scene.assertRolledBack(second, good, oldest);
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
  void writesNothingInADryRun() throws IOException {
    scene.deploy("1.0.0");
    StepResult newest = scene.deploy("1.1.0");
    scene.leaveTheRunnerEmpty();

    StepResult result = scene.run(scene.sandbox().rollback().withVariable("INPUT_DRY-RUN", "true"));

    assertGreen(result);
    assertThat(result.outputs()).containsEntry("outcome", "planned");
    assertThat(result.shown())
        .contains("rollback %s -> ".formatted(tag(newest)), PopconScene.MACHINE);
    scene.assertNothingIsWritten();
  }

  @Test
  void aSecondAttemptGoesOnWhereTheFirstOneStopped() throws IOException {
    scene.deploy("0.9.0");
    StepResult good = scene.deploy("1.0.0");
    scene.deploy("1.1.0");
    scene.leaveTheRunnerEmpty();
    scene.machine().finishes(State.ended(1, "no network\n"));
    StepResult failed = scene.rollBack();
    scene.machine().finishes(State.ended(0, "done\n"));

    StepResult again = scene.rollBackAgain();

    assertThat(failed.exitCode()).isOne();
    assertGreen(again);
    assertThat(again.outputs())
        .containsEntry("outcome", "rolled-back")
        .containsEntry("rolled-back-to", tag(good));
    scene.assertScriptGot(good);
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

    scene.assertRolledBack(result, newest, good);
  }

  @Test
  void returnsAtOnceWhenTheScriptFails() throws IOException {
    StepResult good = scene.deploy("1.0.0");
    scene.machine().inTurn(State.ended(1, "no space left\n"), State.ended(0, "done\n"));

    StepResult result = scene.deliver("1.1.0", "rollback");

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown())
        .contains("no space left", "Rolled back: %s -> %s; ".formatted(tag(result), tag(good)));
    assertThat(result.outputs())
        .containsEntry("outcome", "rolled-back")
        .containsEntry("rolled-back-from", tag(result))
        .containsEntry("rolled-back-to", tag(good));
    scene.assertScriptGot(good);
    assertThat(scene.digestOf("backend-latest")).contains(digest(good));
    assertThat(scene.sandbox().application().ledger())
        .containsExactly(
            "Deploy %s: SUCCESS".formatted(tag(good)),
            "Deploy %s: FAILURE".formatted(tag(result)),
            "Return to %s: SUCCESS".formatted(tag(good)));
  }

  @Test
  void runsNoScriptAgainWhenNothingIsKnownToReturnTo() throws IOException {
    StepResult result = scene.deliverBroken("1.0.0", "rollback");

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown()).contains("exit code 1", "There is no earlier delivery to return to");
    assertThat(result.outputs()).doesNotContainKey("outcome");
    assertThat(scene.cloud().ssm().commands()).hasSize(1);
  }
}
