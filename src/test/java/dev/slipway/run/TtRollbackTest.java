package dev.slipway.run;

import static dev.slipway.run.AwsScene.digest;
import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.StepResult;
import dev.slipway.sandbox.FakeMachine.State;
import dev.slipway.sandbox.FakeRelease;
import dev.slipway.sandbox.TtSystem;
import dev.slipway.sandbox.WireFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole runs of system S5 that return to an earlier release, each after whole runs that released.
class TtRollbackTest {
  @TempDir private Path folder;
  private TtScene scene;

  @BeforeEach
  void start() {
    scene = new TtScene(folder);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "production"})
  void returnsFromABrokenReleaseAndThenFurther(String where) throws IOException {
    scene.noting(where);
    StepResult oldest = scene.deploy("1.0.1");
    StepResult good = scene.deploy("1.0.2");
    StepResult broken = scene.deliverBroken("1.0.3");
    scene.leaveTheRunnerEmpty();
    Map<String, String> tags = scene.repository().tags();
    List<FakeRelease> releases = scene.repository().releases();

    StepResult first = scene.rollBack();
    Optional<String> middle = scene.digestOf("latest");
    StepResult second = scene.rollBack();

    scene.assertRolledBack(first, broken, good);
    assertThat(middle).contains(digest(good));
    scene.assertRolledBack(second, good, oldest);
    assertThat(scene.digestOf("latest")).contains(digest(oldest));
    assertThat(scene.digestOf("v1.0.3")).contains(digest(broken));
    assertThat(scene.registry().count("POST", "/blobs/uploads/")).isZero();
    assertThat(scene.registry().count("PATCH", "")).isZero();
    assertThat(scene.repository().tags())
        .isEqualTo(tags)
        .containsKeys("v1.0.1", "v1.0.2", "v1.0.3");
    assertThat(scene.repository().releases()).isEqualTo(releases).hasSize(3);
    assertThat(scene.repository().ledger())
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
    scene.noting(where);
    StepResult oldest = scene.deploy("1.0.1");
    scene.deploy("1.0.2");
    scene.deploy("1.0.3");
    scene.leaveTheRunnerEmpty();
    String commit = scene.repository().tags().get("v1.0.1");

    for (String name : List.of("1.0.1", "v1.0.1", commit, commit.substring(0, 8))) {
      StepResult result = scene.rollBack("INPUT_ROLLBACK-TO", name);

      assertGreen(result);
      assertThat(result.outputs())
          .containsEntry("outcome", "rolled-back")
          .containsEntry("rolled-back-to", "1.0.1")
          .containsEntry("version", "1.0.1")
          .containsEntry("digest", digest(oldest));
      assertThat(scene.lastScript()).contains(scene.variables(oldest));
      assertThat(scene.digestOf("latest")).contains(digest(oldest));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.7.7", "not a tag!", "v0.0.1", "0123456789abcdef"})
  void refusesWhatItDoesNotKnow(String name) throws IOException {
    scene.deploy("1.0.1");
    scene.deploy("1.0.2");
    scene.leaveTheRunnerEmpty();

    StepResult result = scene.rollBack("INPUT_ROLLBACK-TO", name);

    scene.assertRedBeforeAnything(result);
    assertThat(result.shown()).contains(name, "rollback-to");
  }

  @Test
  void namesTheNextCandidateWhereTheImageIsGone() throws IOException {
    scene.deploy("1.0.1");
    StepResult good = scene.deploy("1.0.2");
    scene.deploy("1.0.3");
    scene.loseImage(good);

    StepResult result = scene.rollBack();

    scene.assertRedBeforeAnything(result);
    assertThat(result.shown()).contains("1.0.2 cannot be returned to", "`rollback-to: 1.0.1`");
  }

  @Test
  void doesNotReturnToWhatIsNotedToHaveFailed() throws IOException {
    scene.deliverBroken("1.0.1");
    scene.deploy("1.0.2");
    scene.leaveTheRunnerEmpty();

    StepResult result = scene.rollBack();

    scene.assertRedBeforeAnything(result);
    assertThat(result.shown())
        .contains(
            "There is no good delivery to return to",
            "What was there before is 1.0.1, and the deployments say that it failed");
  }

  @Test
  void writesNothingInADryRun() throws IOException {
    scene.deploy("1.0.1");
    scene.deploy("1.0.2");
    scene.leaveTheRunnerEmpty();

    StepResult result = scene.rollBack("INPUT_DRY-RUN", "true");

    assertGreen(result);
    assertThat(result.outputs()).containsEntry("outcome", "planned");
    assertThat(result.shown()).contains("rollback 1.0.2 -> 1.0.1", TtSystem.MACHINE);
    scene.assertNothingIsWritten();
  }

  @Test
  void goesOnForwardAfterARollback() throws IOException {
    StepResult good = scene.deploy("1.0.1");
    scene.deploy("1.0.2");
    assertGreen(scene.rollBack());
    StepResult newest = scene.deploy("1.0.3");
    Optional<String> ahead = scene.digestOf("latest");

    StepResult result = scene.rollBack();

    assertThat(ahead).contains(digest(newest));
    scene.assertRolledBack(result, newest, good);
  }

  @Test
  void returnsAtOnceWhenTheScriptFails() throws IOException {
    StepResult good = scene.deploy("1.0.1");
    scene.machine().inTurn(State.ended(1, "no space left\n"), State.ended(0, "done\n"));

    StepResult result = scene.deliver("1.0.2", "rollback");

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown()).contains("no space left", "Rolled back: 1.0.2 -> 1.0.1; ");
    assertThat(result.outputs())
        .containsEntry("outcome", "rolled-back")
        .containsEntry("tag-name", "v1.0.2")
        .containsEntry("released", "true")
        .containsEntry("rolled-back-from", "1.0.2")
        .containsEntry("rolled-back-to", "1.0.1");
    assertThat(scene.lastScript()).contains(scene.variables(good));
    assertThat(scene.digestOf("latest")).contains(digest(good));
    assertThat(scene.repository().tags()).containsKey("v1.0.2");
  }

  @Test
  void aReleaseThatWasHalfDoneGetsItsImageAndItsPageThoughANewerOneIsThere() throws IOException {
    AtomicBoolean refusing = new AtomicBoolean(true);
    scene
        .registry()
        .always(request ->
            refusing.get() && request.is("PUT", "/manifests/")
                ? Optional.of(WireFault.refusal(403, "DENIED", "not now"))
                : Optional.empty());
    assertThat(scene.deliver("1.0.1", "stop").exitCode()).isOne();
    refusing.set(false);
    StepResult newest = scene.deploy("1.0.2");

    StepResult result = scene.runOf(scene.repository().tags().get("v1.0.1"));

    assertGreen(result);
    assertThat(result.outputs()).containsEntry("outcome", "superseded");
    assertThat(scene.lastScript()).contains(scene.variables(newest));
    assertThat(scene.digestOf("v1.0.1")).isPresent();
    assertThat(scene.repository().releases()).hasSize(2);
  }
}
