package dev.slipway.run;

import static dev.slipway.run.AstragoScene.monitorValues;
import static dev.slipway.run.AstragoScene.stageValues;
import static dev.slipway.run.AstragoScene.tag;
import static dev.slipway.run.StepAssertions.assertGreen;
import static dev.slipway.run.StepAssertions.assertRed;
import static dev.slipway.sandbox.AstragoSystem.BRANCH;
import static dev.slipway.sandbox.AstragoSystem.MONITOR;
import static dev.slipway.sandbox.AstragoSystem.VALUES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.StepResult;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.sandbox.RecordedRequest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole runs that take a delivery of system S2's backend back, from its own workflow files: three
/// images and four keys of two files in one commit, beside a frontend that delivers there too.
class AstragoRollbackTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"stage, 12", "'', 14"})
  void threeImagesGoBackInOneCommitAndThenFurther(String environment, int most) throws IOException {
    try (AstragoScene scene = new AstragoScene(folder, environment)) {
      String oldest = scene.deliver("one");
      String good = scene.deliver("two");
      assertRed(scene.deliverBroken("three"));
      String broken = scene.backend().head("main");
      scene.deliverFrontend();
      String base = scene.deployment().head(BRANCH);
      scene.leaveTheRunnerEmpty();

      StepResult first = scene.run(scene.rollback());

      assertReturned(first, good, environment, scene);
      assertThat(scene.deployment().parentsOf(BRANCH)).containsExactly(base);
      assertThat(first.outputs()).containsEntry("rolled-back-from", broken.substring(0, 7));
      assertThat(scene.gitHub().requests()).hasSizeLessThanOrEqualTo(most);

      StepResult second = scene.run(scene.rollback());

      assertReturned(second, oldest, environment, scene);
      assertThat(second.outputs()).containsEntry("rolled-back-from", good.substring(0, 7));
    }
  }

  /// Green, with exactly the four keys of `commit` in exactly one commit, and no blob sent.
  private static void assertReturned(
      StepResult result, String commit, String environment, AstragoScene scene) {
    FakeRepository deployment = scene.deployment();
    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("outcome", "rolled-back")
        .containsEntry("changed", "true")
        .containsEntry("rolled-back-to", commit.substring(0, 7))
        .containsEntry("commit-sha", deployment.head(BRANCH))
        .containsEntry("pull-request-state", "none");
    assertThat(result.outputs().get("images"))
        .contains(tag("core", commit), tag("batch", commit), tag("monitor", commit));
    assertThat(deployment.fileAt(BRANCH, VALUES)).contains(stageValues(commit));
    assertThat(deployment.fileAt(BRANCH, MONITOR)).contains(monitorValues(commit));
    assertThat(deployment.isVerified(BRANCH)).isTrue();
    assertThat(scene.gitHub().writes())
        .map(RecordedRequest::toString)
        .filteredOn("mutation CommitOnBranch"::equals)
        .hasSize(1);
    assertThat(scene.registry().count("POST", "/blobs/uploads/")).isZero();
    assertThat(scene.registry().count("PUT", "")).isZero();
    assertThat(scene.argoCd().requests("refresh=")).isNotEmpty();
    assertThat(result.shown())
        .contains(
            "Argo CD application astrago is live at " + deployment.head(BRANCH).substring(0, 7));
    assertThat(deployment.messageOf(BRANCH))
        .startsWith("Roll back astrago-backend to " + commit.substring(0, 7))
        .contains("Slipway-Source: xiilab/astrago-backend@" + commit);
    assertThat(scene.backend().deployments().isEmpty()).isEqualTo(environment.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"stage", ""})
  void aDryRunWritesNothing(String environment) throws IOException {
    try (AstragoScene scene = new AstragoScene(folder, environment)) {
      scene.deliver("one");
      scene.deliver("two");

      StepResult result = scene.run(scene.rollback().withVariable("INPUT_DRY-RUN", "true"));

      assertGreen(result);
      assertThat(result.outputs()).containsEntry("outcome", "planned");
      assertThat(scene.gitHub().writes()).isEmpty();
      assertThat(scene.registry().requests())
          .allSatisfy(request -> assertThat(request.method()).isIn("GET", "HEAD"));
    }
  }

  @ParameterizedTest
  @CsvSource({"stage, commit", "stage, tag", "'', commit", "'', tag"})
  void leadsWhereTheAuthorSays(String environment, String kind) throws IOException {
    try (AstragoScene scene = new AstragoScene(folder, environment)) {
      String oldest = scene.deliver("one");
      scene.deliver("two");
      scene.deliver("three");
      String name = kind.equals("commit") ? oldest.substring(0, 10) : tag("batch", oldest);

      StepResult result = scene.run(scene.rollback().withVariable("INPUT_ROLLBACK-TO", name));

      assertGreen(result);
      assertThat(result.outputs()).containsEntry("rolled-back-to", oldest.substring(0, 7));
      assertThat(scene.deployment().fileAt(BRANCH, MONITOR)).contains(monitorValues(oldest));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stage", ""})
  void leavesAloneWhatSomebodySetByHand(String environment) throws IOException {
    try (AstragoScene scene = new AstragoScene(folder, environment)) {
      scene.deliver("one");
      String now = scene.deliver("two");
      String values = scene.deployment().fileAt(BRANCH, VALUES).orElseThrow();
      String hand = values.replace(tag("batch", now), "batch-stage-hotfix00");
      scene.deployment().commit(BRANCH, "Hotfix", VALUES, hand);

      StepResult result = scene.run(scene.rollback());

      assertRed(result);
      assertThat(result.shown()).contains("is no delivery of this workflow");
      assertThat(scene.gitHub().writes()).isEmpty();
      assertThat(scene.registry().count("PUT", "")).isZero();
      assertThat(scene.deployment().fileAt(BRANCH, VALUES)).contains(hand);
    }
  }
}
