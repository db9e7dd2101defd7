package dev.slipway.run;

import static dev.slipway.run.AwsScene.digest;
import static dev.slipway.run.AwsScene.tag;
import static dev.slipway.run.StepAssertions.assertGreen;
import static dev.slipway.run.VojScene.ARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.EcsSteps;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a rollback of system S3 leads, and what it refuses to do.
class VojWaysBackTest {
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

  @Test
  void ofTwoImagesInOneRepositoryItReturnsToTheServices() throws IOException {
    scene.noting("");
    StepResult good = deliverBoth("1.0.0");
    deliverBoth("1.1.0");
    String other = scene.digestOf("batch-latest").orElseThrow();
    scene.leaveTheRunnerEmpty();
    scene.ecs().then(EcsSteps.complete());

    StepResult result = scene.run(ofBoth(scene.sandbox().rollback()));

    assertGreen(result);
    assertThat(result.outputs()).containsEntry("task-definition-arn", ARN + 2);
    assertThat(scene.digestOf("batch-latest")).contains(other);
    assertThat(good.outputs().get("images"))
        .contains("\"digest\":\"%s\"".formatted(scene.digestOf("api-latest").orElseThrow()));
  }

  private StepResult deliverBoth(String version) throws IOException {
    scene.build(version);
    Files.copy(
        new SampleImages(scene.sandbox().folders().temp(), "batch " + version).ociArchive().path(),
        scene.sandbox().folders().workspace().resolve("batch.tar"),
        StandardCopyOption.REPLACE_EXISTING);
    scene.ecs().then(EcsSteps.complete());
    StepResult result = scene.run(ofBoth(scene.sandbox().step()));
    assertGreen(result);
    return result;
  }

  private static ContainerStep ofBoth(ContainerStep step) {
    return step.withVariable("INPUT_IMAGE", "")
        .withVariable("INPUT_REPOSITORY", "")
        .withVariable(
            "INPUT_IMAGES",
            """
            batch: {image: batch.tar, repository: voj-backend-api}
            api: {image: voj.tar, repository: voj-backend-api}
            """)
        .withVariable("INPUT_TAG", "{component}-{sha:7}")
        .withVariable("INPUT_EXTRA-TAGS", "{component}-latest");
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
