package dev.slipway.run;

import static dev.slipway.run.AwsScene.digest;
import static dev.slipway.run.AwsScene.tag;
import static dev.slipway.run.StepAssertions.assertGreen;
import static dev.slipway.run.VojScene.ARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.EcsSteps;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void movesToNoTaskDefinitionWithAnotherImage() throws IOException {
    scene.deploy("1.0.0");
    ForgedDeployment.afterTheNewest(
        scene.sandbox().application(),
        "\"slipway\":1",
        "\"slipway\":1,\"task-definition\":\"%s1\"".formatted(ARN));
    scene.deploy("1.1.0");
    scene.leaveTheRunnerEmpty();

    StepResult result = scene.rollBack();

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown())
        .contains(
            "cannot be returned to", "task-definition/voj-backend-api:1, and that runs voj:old");
    assertThat(scene.cloud().calls()).doesNotContain("UpdateService", "RegisterTaskDefinition");
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
  void saysThatTheImageIsGoneWithoutALedger() throws IOException {
    scene.noting("");
    StepResult good = scene.deploy("1.0.0");
    scene.deploy("1.1.0");
    scene.loseImage(good);

    StepResult result = scene.rollBack();

    scene.assertRedBeforeAnything(result);
    assertThat(result.shown())
        .contains(
            "%s cannot be returned to".formatted(tag(good)),
            "build the commit %s again".formatted(tag(good).substring(4)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "production"})
  void returnsToWhatIsNamed(String where) throws IOException {
    scene.noting(where);
    StepResult oldest = scene.deploy("0.9.0");
    String commit = scene.sandbox().application().head("main");
    scene.deploy("1.0.0");
    StepResult newest = scene.deploy("1.1.0");
    scene.leaveTheRunnerEmpty();
    scene.ecs().then(EcsSteps.complete());

    StepResult byTag = scene.rollBackTo(tag(oldest));
    StepResult byCommit = scene.rollBackTo(commit);
    StepResult byStart = scene.rollBackTo(commit.substring(0, 8));

    assertGreen(byTag);
    assertThat(byTag.outputs())
        .containsEntry("outcome", "rolled-back")
        .containsEntry("rolled-back-to", tag(oldest))
        .containsEntry("digest", digest(oldest))
        .containsEntry("task-definition-arn", ARN + 2);
    assertThat(byTag.shown()).contains("commit   " + commit);
    for (StepResult again : List.of(byCommit, byStart)) {
      assertGreen(again);
      assertThat(again.outputs())
          .containsEntry("outcome", "unchanged")
          .containsEntry("task-definition-arn", ARN + 2);
    }
    assertThat(tag(newest)).isNotEqualTo(tag(oldest));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.7.7", "not a tag!", "sha-0000000", "0123456789abcdef"})
  void refusesWhatItDoesNotKnow(String name) throws IOException {
    scene.deploy("1.0.0");
    scene.deploy("1.1.0");
    scene.leaveTheRunnerEmpty();

    StepResult result = scene.rollBackTo(name);

    scene.assertRedBeforeAnything(result);
    assertThat(result.shown()).contains(name).contains("rollback-to");
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

  @Test
  void goesByTheServicesHistoryWhereTheLedgerMayNotBeWritten() throws IOException {
    scene
        .sandbox()
        .gitHub()
        .grant(Canaries.GITHUB_TOKEN, ReplacedSystem.VOJ.application(), Grant.READ);
    StepResult good = scene.deploy("1.0.0");
    StepResult newest = scene.deploy("1.1.0");
    scene.ecs().then(EcsSteps.complete());

    StepResult result = scene.rollBack();

    scene.assertRolledBack(result, newest, good);
    assertThat(result.shown()).contains("deployments=write");
  }
}
