package dev.slipway.run;

import static dev.slipway.run.AwsScene.tag;
import static dev.slipway.run.StepAssertions.assertGreen;
import static dev.slipway.run.VojScene.ARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.StepResult;
import dev.slipway.sandbox.EcsSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs of system S3 that return to an earlier delivery, each after whole runs that
/// delivered.
class VojRollbackTest {
  @TempDir private Path folder;
  private VojScene scene;

  @BeforeEach
  void start() {
    scene = new VojScene(folder);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void returnsFromABrokenVersionAndThenFurther() throws IOException {
    StepResult oldest = scene.deploy("0.9.0");
    StepResult good = scene.deploy("1.0.0");
    scene.ecs().then(EcsSteps.progress(0, 9));
    StepResult broken = scene.deliver("1.1.0", "stop");
    scene.leaveTheRunnerEmpty();
    scene.ecs().then(EcsSteps.rollingBack(), EcsSteps.rolledBack());

    StepResult first = scene.rollBack();
    scene.ecs().then(EcsSteps.complete());
    StepResult second = scene.rollBack();

    scene.assertRolledBack(first, broken, good);
    assertThat(first.outputs())
        .containsEntry("task-definition-arn", ARN + 3)
        .containsEntry("previous-task-definition-arn", ARN + 4);
    assertThat(first.shown())
        .contains(
            "it is the newest delivery before %s that went well".formatted(tag(broken)),
            "The deployment of the ECS service voj-backend-api to voj-backend-api:4 is stopped",
            "Rolled back: %s -> %s; ".formatted(tag(broken), tag(good)));
    assertThat(first.summary())
        .contains("runs voj-backend-api:3; before, it ran voj-backend-api:4");
    scene.assertRolledBack(second, good, oldest);
    assertThat(second.outputs())
        .containsEntry("task-definition-arn", ARN + 2)
        .containsEntry("previous-task-definition-arn", ARN + 3);
    assertThat(scene.serviceRuns()).isEqualTo(ARN + 2);
    assertThat(scene.cloud().calls())
        .doesNotContain("RegisterTaskDefinition", "DeregisterTaskDefinition");
    assertThat(scene.sandbox().application().ledger())
        .containsExactly(
            "Deploy %s: SUCCESS".formatted(tag(oldest)),
            "Deploy %s: FAILURE".formatted(tag(good)),
            "Deploy %s: FAILURE".formatted(tag(broken)),
            "Return to %s: FAILURE".formatted(tag(good)),
            "Return to %s: SUCCESS".formatted(tag(oldest)));
    scene.assertNothingIsPushed();
  }

  @Test
  void theSameImageInAnotherTaskDefinitionIsADeliveryOfItsOwn() throws IOException {
    scene.deploy("0.9.0");
    StepResult good = scene.deploy("1.0.0");
    Path definition = scene.sandbox().folders().workspace().resolve(".github/ecs/taskdef.json");
    Files.writeString(
        definition, Files.readString(definition).replace("settings.prod", "settings.wrong"));
    StepResult wrong = scene.deploy("1.0.0");
    scene.leaveTheRunnerEmpty();
    scene.ecs().then(EcsSteps.complete());

    StepResult result = scene.rollBack();

    scene.assertRolledBack(result, wrong, good);
    assertThat(result.outputs()).containsEntry("task-definition-arn", ARN + 3);
  }

  @Test
  void returnsFromABrokenVersionAndThenFurtherWithoutALedger() throws IOException {
    scene.noting("");
    StepResult oldest = scene.deploy("0.9.0");
    StepResult good = scene.deploy("1.0.0");
    scene.ecs().then(EcsSteps.progress(0, 9));
    StepResult broken = scene.deliver("1.1.0", "stop");
    scene.leaveTheRunnerEmpty();
    scene.ecs().then(EcsSteps.rollingBack(), EcsSteps.rolledBack());

    StepResult first = scene.rollBack();
    scene.ecs().then(EcsSteps.complete());
    StepResult second = scene.rollBack();

    scene.assertRolledBack(first, broken, good);
    assertThat(first.shown()).contains("the service ran voj-backend-api:3 before");
    scene.assertRolledBack(second, good, oldest);
    assertThat(scene.serviceRuns()).isEqualTo(ARN + 2);
    assertThat(scene.cloud().calls())
        .doesNotContain("RegisterTaskDefinition", "DeregisterTaskDefinition");
    assertThat(scene.sandbox().application().ledger()).isEmpty();
    scene.assertNothingIsPushed();
  }

  @Test
  void writesNothingInADryRun() throws IOException {
    scene.deploy("1.0.0");
    scene.deploy("1.1.0");
    scene.leaveTheRunnerEmpty();

    StepResult result = scene.run(scene.sandbox().rollback().withVariable("INPUT_DRY-RUN", "true"));

    assertGreen(result);
    assertThat(result.outputs()).containsEntry("outcome", "planned");
    assertThat(result.shown()).contains("back to voj-backend-api:2; it runs voj-backend-api:3");
    scene.assertNothingIsWritten();
  }

  @Test
  void aSecondAttemptGoesOnWhereTheFirstOneStopped() throws IOException {
    scene.deploy("0.9.0");
    StepResult good = scene.deploy("1.0.0");
    scene.deploy("1.1.0");
    scene.leaveTheRunnerEmpty();
    scene.ecs().then(EcsSteps.progress(0, 0));
    StepResult late = scene.rollBack();
    scene.ecs().then(EcsSteps.complete()).now();

    StepResult again = scene.rollBackAgain();

    assertThat(late.exitCode()).isOne();
    assertGreen(again);
    assertThat(again.outputs())
        .containsEntry("rolled-back-to", tag(good))
        .containsEntry("task-definition-arn", ARN + 3);
    assertThat(scene.cloud().calls().stream().filter("UpdateService"::equals)).hasSize(1);
    assertThat(scene.sandbox().application().ledger())
        .last()
        .isEqualTo("Return to %s: SUCCESS".formatted(tag(good)));
  }

  @Test
  void goesOnForwardAfterARollback() throws IOException {
    StepResult good = scene.deploy("1.0.0");
    scene.deploy("1.1.0");
    scene.ecs().then(EcsSteps.complete());
    assertGreen(scene.rollBack());
    StepResult newest = scene.deploy("1.2.0");
    scene.ecs().then(EcsSteps.complete());

    StepResult result = scene.rollBack();

    scene.assertRolledBack(result, newest, good);
  }
}
