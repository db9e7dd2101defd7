package dev.slipway.run;

import static dev.slipway.run.BackstageScene.VALUES;
import static dev.slipway.run.StepAssertions.assertGreen;
import static dev.slipway.run.StepAssertions.assertRed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.FakePullRequest;
import dev.slipway.sandbox.FakePullRequest.State;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole runs that take a delivery of system S1 back, from its own workflow files: with an
/// environment where deliveries are noted, and without one.
class BackstageRollbackTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void returnsToThePreviousGoodVersionAndThenFurther(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment).breaks("1.5.0")) {
      assertGreen(scene.deliver("1.3.0"));
      assertGreen(scene.deliver("1.4.0"));
      StepResult broken = scene.followed().run(scene.delivery("1.5.0"));
      assertRed(broken);
      scene.editByHand("replicas: 1", "replicas: 3");

      StepResult first = scene.run(scene.rollback());

      assertReturned(first, "1.5.0", "1.4.0", scene);
      assertNoBlobSent(scene);

      StepResult second = scene.run(scene.rollback());

      assertReturned(second, "1.4.0", "1.3.0", scene);
      assertNoBlobSent(scene);
      assertThat(scene.sandbox().gitOps().pullRequests())
          .hasSize(5)
          .extracting(FakePullRequest::state)
          .containsOnly(State.MERGED);
      assertThat(scene.noted())
          .isEqualTo(
              environment.isEmpty()
                  ? List.of()
                  : List.of(
                      "deploy 1.3.0: SUCCESS",
                      "deploy 1.4.0: FAILURE",
                      "deploy 1.5.0: FAILURE",
                      "rollback 1.4.0: FAILURE",
                      "rollback 1.3.0: SUCCESS"));
    }
  }

  /// Green, and every place says `to` again.
  private static void assertReturned(
      StepResult result, String from, String to, BackstageScene scene) {
    String merged = scene.sandbox().gitOps().head("main");
    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("outcome", "rolled-back")
        .containsEntry("rolled-back-from", from)
        .containsEntry("rolled-back-to", to)
        .containsEntry("tag", to)
        .containsEntry("tags", to + "\nlatest")
        .containsEntry("digest", scene.digest(to))
        .containsEntry("changed", "true")
        .containsEntry("released", "false")
        .containsEntry("pull-request-operation", "created")
        .containsEntry("pull-request-state", "merged")
        .containsEntry("merge-commit-sha", merged);
    assertThat(result.outputs().get("previous"))
        .contains("\"backstage.image.tag\":\"%s\"".formatted(from));
    assertThat(scene.valuesNow()).isEqualTo(scene.values(to).replace("replicas: 1", "replicas: 3"));
    assertThat(scene.sandbox().gitOps().branches()).containsExactly("main");
    assertThat(scene.digestInRegistry(to)).contains(scene.digest(to));
    assertThat(scene.digestInRegistry("latest")).contains(scene.digest(to));
    assertThat(scene.digestInRegistry("1.5.0")).contains(scene.digest("1.5.0"));
    assertThat(scene.argoCd().requests("refresh=")).isNotEmpty();
    assertThat(result.shown())
        .contains("rollback %s -> %s".formatted(from, to))
        .contains("Tags in ")
        .contains("Argo CD application backstage is live at " + merged.substring(0, 7))
        .contains("Rolled back: %s -> %s;".formatted(from, to))
        .doesNotContain("is pushed");
    assertThat(result.summary()).contains("| Rollback | `%s -> %s` |".formatted(from, to));
    assertThat(scene.sandbox().gitOps().messageOf("main"))
        .startsWith("Roll back backstage-app to %s (#".formatted(to));
  }

  private static void assertNoBlobSent(BackstageScene scene) {
    assertThat(scene.sandbox().registry().count("POST", "/blobs/uploads/")).isZero();
    assertThat(scene.sandbox().registry().count("DELETE", "")).isZero();
    assertThat(scene.sandbox().ecr().calls()).doesNotContain("DeleteRepository");
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void aDryRunShowsTheWayAndWritesNothing(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment)) {
      assertGreen(scene.deliver("1.3.0"));
      assertGreen(scene.deliver("1.4.0"));

      StepResult result = scene.run(scene.rollback().withVariable("INPUT_DRY-RUN", "true"));

      assertGreen(result);
      assertThat(result.outputs())
          .containsEntry("outcome", "planned")
          .containsEntry("changed", "false")
          .containsEntry("rolled-back-from", "1.4.0")
          .containsEntry("rolled-back-to", "1.3.0")
          .containsEntry("digest", scene.digest("1.3.0"));
      assertThat(result.shown())
          .contains("rollback 1.4.0 -> 1.3.0")
          .contains("-    tag: '1.4.0'          # set by the delivery")
          .contains("+    tag: '1.3.0'          # set by the delivery");
      scene.assertNothingWritten();
      assertThat(scene.valuesNow()).isEqualTo(scene.values("1.4.0"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void closesThePullRequestOfABadVersionThatWaitsStill(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment)) {
      assertGreen(scene.deliver("1.3.0"));
      assertGreen(scene.deliver("1.4.0"));
      scene.sandbox().gitOps().rules().requireCheck();
      assertGreen(scene.deliver("1.5.0"));
      String base = scene.sandbox().gitOps().head("main");
      String bad = scene.sandbox().application().head("main").substring(0, 7);

      StepResult result = scene.run(scene.rollback());

      assertGreen(result);
      assertThat(result.outputs())
          .containsEntry("outcome", "rolled-back")
          .containsEntry("rolled-back-from", environment.isEmpty() ? bad : "1.5.0")
          .containsEntry("rolled-back-to", "1.4.0")
          .containsEntry("changed", "true");
      FakePullRequest open = scene.sandbox().gitOps().pullRequests().getLast();
      assertThat(open.state()).isEqualTo(State.CLOSED);
      assertThat(open.body()).startsWith("> A rollback took its place.");
      assertThat(scene.sandbox().gitOps().branches()).containsExactly("main");
      assertThat(scene.sandbox().gitOps().head("main")).isEqualTo(base);
      assertThat(scene.digestInRegistry("latest")).contains(scene.digest("1.4.0"));
      assertThat(result.shown()).contains("#3");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void whatComesAfterARollbackIsDeliveredAndWhatWasOlderIsNot(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment)) {
      assertGreen(scene.deliver("1.2.9"));
      ContainerStep older = scene.delivery("1.3.0");
      assertGreen(scene.deliver("1.4.0"));
      assertGreen(scene.deliver("1.5.0"));
      assertGreen(scene.run(scene.rollback()));
      scene.build("1.3.0");

      StepResult late = scene.run(older);
      StepResult newer = scene.deliver("1.6.0");
      StepResult back = scene.run(scene.rollback());

      assertGreen(late);
      assertThat(late.outputs())
          .containsEntry("outcome", "superseded")
          .containsEntry("changed", "false");
      assertGreen(newer);
      assertThat(newer.outputs()).containsEntry("outcome", "deployed");
      assertGreen(back);
      assertThat(back.outputs())
          .containsEntry("rolled-back-from", "1.6.0")
          .containsEntry("rolled-back-to", "1.4.0");
    }
  }

  @Test
  void aRollbackByPullRequestTakesFewRequests() {
    try (BackstageScene scene = new BackstageScene(folder, "production")) {
      assertGreen(scene.deliver("1.3.0"));
      assertGreen(scene.deliver("1.4.0"));

      assertGreen(scene.run(scene.rollback()));

      assertThat(scene.sandbox().gitHub().requests()).hasSizeLessThanOrEqualTo(18);
      assertThat(scene.sandbox().gitOps().fileAt("main", VALUES)).contains(scene.values("1.3.0"));
    }
  }
}
