package dev.slipway.run;

import static dev.slipway.run.AwsScene.tag;
import static dev.slipway.run.StepAssertions.assertGreen;
import static dev.slipway.run.VojScene.ARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.StepResult;
import dev.slipway.sandbox.EcsSteps;
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

/// Rollbacks of system S3 in which its service has a will of its own: ECS returned it already,
/// somebody moved it, or it never came up.
class VojServiceRollbackTest {
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
  void leavesTheServiceWhereEcsHasReturnedItByItself() throws IOException {
    StepResult oldest = scene.deploy("0.9.0");
    StepResult good = scene.deploy("1.0.0");
    scene.ecs().then(EcsSteps.rollBack("OutOfMemoryError: killed"));
    StepResult broken = scene.deliver("1.1.0", "stop");
    scene.ecs().at(EcsSteps.rolledBack());
    scene.leaveTheRunnerEmpty();

    StepResult first = scene.rollBack();
    List<String> calls = scene.cloud().calls();
    scene.ecs().then(EcsSteps.complete());
    StepResult second = scene.rollBack();

    assertGreen(first);
    assertThat(first.outputs())
        .containsEntry("outcome", "unchanged")
        .containsEntry("rolled-back-from", tag(broken))
        .containsEntry("rolled-back-to", tag(good))
        .containsEntry("task-definition-arn", ARN + 3);
    assertThat(calls).doesNotContain("UpdateService", "StopServiceDeployment");
    scene.assertRolledBack(second, good, oldest);
  }

  @Test
  void leavesTheServiceWhereEcsHasReturnedItByItselfWithoutALedger() throws IOException {
    scene.noting("");
    scene.deploy("1.0.0");
    scene.ecs().then(EcsSteps.rollBack("OutOfMemoryError: killed"));
    scene.deliver("1.1.0", "stop");
    scene.ecs().at(EcsSteps.rolledBack());
    scene.leaveTheRunnerEmpty();

    StepResult result = scene.rollBack();

    assertGreen(result);
    assertThat(result.outputs()).containsEntry("outcome", "unchanged");
    assertThat(result.shown()).contains("voj-backend-api:3 did not come up");
    assertThat(scene.cloud().calls()).doesNotContain("UpdateService", "StopServiceDeployment");
  }

  @Test
  void registersAnewWhatWasDeregistered() throws IOException {
    StepResult oldest = scene.deploy("0.9.0");
    StepResult good = scene.deploy("1.0.0");
    StepResult newest = scene.deploy("1.1.0");
    scene.leaveTheRunnerEmpty();
    scene.ecs().mark(ARN + 3, "INACTIVE");
    scene.ecs().then(EcsSteps.complete());

    StepResult first = scene.rollBack();
    scene.ecs().then(EcsSteps.complete());
    StepResult second = scene.rollBack();

    scene.assertRolledBack(first, newest, good);
    assertThat(first.outputs()).containsEntry("task-definition-arn", ARN + 5);
    assertThat(scene.ecs().registered().getLast())
        .contains(good.outputs().get("image"), "\"name\":\"EXTRA\",\"value\":\"\"");
    scene.assertRolledBack(second, good, oldest);
    assertThat(second.outputs()).containsEntry("task-definition-arn", ARN + 2);
  }

  @Test
  void changesNothingWhereItIsThereAlready() throws IOException {
    scene.deploy("1.0.0");
    StepResult newest = scene.deploy("1.1.0");
    scene.leaveTheRunnerEmpty();

    StepResult result = scene.rollBackTo(tag(newest));

    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("outcome", "unchanged")
        .containsEntry("changed", "false")
        .containsEntry("task-definition-arn", ARN + 3);
    assertThat(scene.cloud().calls()).doesNotContain("UpdateService", "StopServiceDeployment");
    assertThat(scene.sandbox().application().ledger()).hasSize(2);
  }

  @Test
  void leavesAServiceAloneThatSomebodyMovesMeanwhile() throws IOException {
    scene.deploy("1.0.0");
    scene.deploy("1.1.0");
    scene.leaveTheRunnerEmpty();
    String other = scene.ecs().has(scene.definition("voj:other"));
    scene
        .ecs()
        .then(
            EcsSteps.nothing(),
            ecs -> {
              ecs.begins(other);
              return Optional.empty();
            })
        .now();

    StepResult result = scene.rollBack();

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown())
        .contains("The ECS service voj-backend-api was moved by somebody else meanwhile");
    assertThat(scene.cloud().calls()).doesNotContain("UpdateService", "StopServiceDeployment");
    assertThat(scene.sandbox().application().ledger()).last().asString().endsWith("FAILURE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "production"})
  void returnsAtOnceWhenTheTasksDoNotComeUp(String where) throws IOException {
    scene.noting(where);
    StepResult good = scene.deploy("1.0.0");
    scene
        .ecs()
        .then(ecs -> {
          ecs.then(EcsSteps.rollingBack(), EcsSteps.rolledBack());
          return EcsSteps.fail("CannotPullContainerError").play(ecs);
        });

    StepResult result = scene.deliver("1.1.0", "rollback");

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown())
        .contains(
            "CannotPullContainerError",
            "The delivery failed, and is rolled back",
            "Rolled back: %s -> %s; ".formatted(tag(result), tag(good)));
    assertThat(result.outputs())
        .containsEntry("outcome", "rolled-back")
        .containsEntry("rolled-back-from", tag(result))
        .containsEntry("rolled-back-to", tag(good))
        .containsEntry("task-definition-arn", ARN + 2);
    assertThat(scene.serviceRuns()).isEqualTo(ARN + 2);
  }

  @Test
  void takesNothingBackFromWhoeverTookTheServiceMeanwhile() throws IOException {
    scene.deploy("1.0.0");
    String other = scene.ecs().has(scene.definition("voj:other"));
    scene.ecs().then(EcsSteps.replace(other), EcsSteps.complete());
    scene.build("1.1.0");

    StepResult result =
        scene.run(
            scene
                .sandbox()
                .step()
                .withVariable("INPUT_ON-FAILURE", "rollback")
                .withVariable("INPUT_ON-SUPERSEDED", "fail"));

    assertThat(result.exitCode()).isOne();
    assertThat(result.outputs()).doesNotContainKey("outcome");
    assertThat(result.shown())
        .contains(
            "Another deployment took the ECS service voj-backend-api",
            "The ECS service voj-backend-api is not rolled back");
    assertThat(scene.serviceRuns()).isEqualTo(other);
  }

  @Test
  void doesNothingMoreWhenEcsReturnsByItself() throws IOException {
    scene.deploy("1.0.0");
    scene.ecs().then(EcsSteps.rollBack("OutOfMemoryError: killed"), EcsSteps.rolledBack());

    StepResult result = scene.deliver("1.1.0", "rollback");

    assertThat(result.exitCode()).isOne();
    assertThat(result.outputs()).containsEntry("outcome", "rolled-back");
    assertThat(scene.cloud().calls().stream().filter("UpdateService"::equals)).hasSize(2);
    assertThat(scene.cloud().calls()).doesNotContain("StopServiceDeployment");
    assertThat(scene.serviceRuns()).isEqualTo(ARN + 2);
  }
}
