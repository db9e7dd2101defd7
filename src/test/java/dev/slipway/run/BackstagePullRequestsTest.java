package dev.slipway.run;

import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.StepResult;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rollbacks of system S1 after pull requests that never brought what a run had put into them.
class BackstagePullRequestsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void twoVersionsThatWaitedInOnePullRequestAreBothLeft(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment)) {
      assertGreen(scene.deliver("1.3.0"));
      scene.sandbox().gitOps().rules().requireCheck();
      assertGreen(scene.deliver("1.4.0"));
      assertGreen(scene.deliver("1.5.0"));

      StepResult result = scene.run(scene.rollback());

      assertReturned(result, "1.3.0", scene);
      assertThat(scene.sandbox().gitOps().branches()).containsExactly("main");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void aVersionThatWasNeverMergedIsNotReturnedTo(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment)) {
      assertGreen(scene.deliver("1.3.0"));
      scene.sandbox().gitOps().rules().requireCheck();
      assertGreen(scene.deliver("1.4.0"));
      assertGreen(scene.deliver("1.5.0"));
      scene.sandbox().gitOps().passChecks();

      StepResult result = scene.run(scene.rollback());

      assertReturned(result, "1.3.0", scene);
      assertThat(result.outputs()).containsEntry("rolled-back-from", "1.5.0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void aPullRequestThatSomebodyClosedIsNotWhatIsLeft(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment)) {
      assertGreen(scene.deliver("1.3.0"));
      assertGreen(scene.deliver("1.4.0"));
      scene.sandbox().gitOps().rules().requireCheck();
      assertGreen(scene.deliver("1.5.0"));
      closeThePullRequest(scene);

      StepResult result = scene.run(scene.rollback());

      assertReturned(result, "1.3.0", scene);
      assertThat(result.outputs()).containsEntry("rolled-back-from", "1.4.0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void aRollbackThatSomebodyClosedIsMadeAnew(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment)) {
      assertGreen(scene.deliver("1.2.9"));
      assertGreen(scene.deliver("1.3.0"));
      assertGreen(scene.deliver("1.4.0"));
      scene.sandbox().gitOps().rules().requireCheck();
      assertGreen(scene.run(scene.rollback()));
      closeThePullRequest(scene);

      StepResult result = scene.run(scene.rollback());

      assertReturned(result, "1.3.0", scene);
      assertThat(result.outputs()).containsEntry("rolled-back-from", "1.4.0");
    }
  }

  private static void closeThePullRequest(BackstageScene scene) {
    scene.sandbox().gitOps().pullRequests().getLast().close();
    scene.sandbox().gitOps().passChecks();
  }

  private static void assertReturned(StepResult result, String to, BackstageScene scene) {
    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("outcome", "rolled-back")
        .containsEntry("rolled-back-to", to);
    assertThat(scene.valuesNow()).isEqualTo(scene.values(to));
    assertThat(scene.digestInRegistry("latest")).contains(scene.digest(to));
  }
}
