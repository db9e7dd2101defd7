package dev.slipway.run;

import static dev.slipway.run.StepAssertions.assertGreen;
import static dev.slipway.run.StepAssertions.assertRed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.FakePullRequest;
import dev.slipway.sandbox.FakePullRequest.State;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole runs of system S1 that take back what they have just delivered, because it does not come
/// up.
class BackstageUndoTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void aDegradedApplicationIsRedAndGoesBackAtOnce(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment).breaks("1.5.0")) {
      assertGreen(scene.deliver("1.3.0"));
      assertGreen(scene.deliver("1.4.0"));

      StepResult result = scene.followed().run(undoing(scene.delivery("1.5.0")));

      assertRed(result);
      assertThat(result.outputs())
          .containsEntry("outcome", "rolled-back")
          .containsEntry("changed", "true")
          .containsEntry("rolled-back-from", "1.5.0")
          .containsEntry("rolled-back-to", "1.4.0")
          .containsEntry("tag", "1.5.0")
          .containsEntry("pull-request-number", "3");
      assertThat(result.shown())
          .contains("The delivery failed, and is rolled back")
          .contains("Rolled back: 1.5.0 -> 1.4.0;")
          .contains("The sync of Argo CD application `backstage` failed");
      assertThat(result.summary())
          .contains(
              "Rolled back: 1.5.0", "| Version | `1.5.0` |", "The pull request &#35;4 is there.")
          .doesNotContain("| Rollback |");
      assertThat(scene.valuesNow()).isEqualTo(scene.values("1.4.0"));
      assertThat(scene.digestInRegistry("latest")).contains(scene.digest("1.4.0"));
      assertThat(scene.sandbox().gitOps().messageOf("main"))
          .startsWith("Roll back backstage-app to 1.4.0")
          .contains("Image-Digest: " + scene.digest("1.4.0"));
      assertThat(scene.noted())
          .isEqualTo(
              environment.isEmpty()
                  ? List.of()
                  : List.of(
                      "deploy 1.3.0: SUCCESS",
                      "deploy 1.4.0: SUCCESS",
                      "deploy 1.5.0: FAILURE",
                      "rollback 1.4.0: SUCCESS"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void aRollbackByHandAfterItGoesFurtherBack(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment).breaks("1.5.0")) {
      assertGreen(scene.deliver("1.3.0"));
      assertGreen(scene.deliver("1.4.0"));
      assertRed(scene.followed().run(undoing(scene.delivery("1.5.0"))));

      StepResult result = scene.run(scene.rollback());

      assertGreen(result);
      assertThat(result.outputs())
          .containsEntry("rolled-back-from", "1.4.0")
          .containsEntry("rolled-back-to", "1.3.0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void aPullRequestThatDoesNotMergeIsClosed(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment)) {
      assertGreen(scene.deliver("1.3.0"));
      scene.sandbox().gitOps().rules().requireCheck().failCheck();
      String base = scene.sandbox().gitOps().head("main");

      StepResult result = scene.followed().run(undoing(scene.delivery("1.4.0")));

      assertUndone(result, "1.3.0", scene);
      assertThat(scene.sandbox().gitOps().head("main")).isEqualTo(base);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void theFirstDeliveryOfAllIsUndoneToo(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment)) {
      scene.sandbox().gitOps().rules().requireCheck().failCheck();
      String base = scene.sandbox().gitOps().head("main");

      StepResult result = scene.followed().run(undoing(scene.delivery("1.3.0")));

      assertRed(result);
      assertThat(result.outputs())
          .containsEntry("outcome", "rolled-back")
          .containsEntry("rolled-back-to", "1.2.2");
      assertThat(scene.sandbox().gitOps().head("main")).isEqualTo(base);
      assertThat(scene.sandbox().gitOps().branches()).containsExactly("main");
      assertThat(scene.sandbox().gitOps().pullRequests())
          .extracting(FakePullRequest::state)
          .containsExactly(State.CLOSED);
    }
  }

  private static void assertUndone(StepResult result, String to, BackstageScene scene) {
    assertRed(result);
    assertThat(result.outputs())
        .containsEntry("outcome", "rolled-back")
        .containsEntry("rolled-back-to", to);
    assertThat(scene.sandbox().gitOps().pullRequests().getLast().state()).isEqualTo(State.CLOSED);
    assertThat(scene.sandbox().gitOps().branches()).containsExactly("main");
    assertThat(scene.valuesNow()).isEqualTo(scene.values(to));
    assertThat(scene.digestInRegistry("latest")).contains(scene.digest(to));
  }

  private static ContainerStep undoing(ContainerStep step) {
    return step.withVariable("INPUT_ON-FAILURE", "rollback");
  }
}
