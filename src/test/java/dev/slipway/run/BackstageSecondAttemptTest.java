package dev.slipway.run;

import static dev.slipway.run.StepAssertions.assertGreen;
import static dev.slipway.run.StepAssertions.assertRed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rollbacks of system S1 that are run again: after a failure, after an edit, and while the pull
/// request of the first one waits.
class BackstageSecondAttemptTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void aSecondAttemptOfTheSameRunGoesOn(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment)) {
      assertGreen(scene.deliver("1.2.9"));
      assertGreen(scene.deliver("1.3.0"));
      assertGreen(scene.deliver("1.4.0"));
      ContainerStep rollback = scene.rollback();
      scene.sandbox().gitHub().fault("POST /repos/SAMJOYAP/gitops/pulls", Fault.status(422, "No"));

      StepResult first = scene.run(rollback);

      assertRed(first);
      assertThat(first.shown()).contains("is removed again");
      assertThat(scene.sandbox().gitOps().branches()).containsExactly("main");

      StepResult second = scene.run(rollback.withVariable("GITHUB_RUN_ATTEMPT", "2"));
      StepResult third = scene.run(rollback.withVariable("GITHUB_RUN_ATTEMPT", "3"));

      assertGreen(second);
      assertThat(second.outputs())
          .containsEntry("outcome", "rolled-back")
          .containsEntry("rolled-back-to", "1.3.0");
      assertGreen(third);
      assertThat(third.outputs())
          .containsEntry("outcome", "unchanged")
          .containsEntry("rolled-back-to", "1.3.0");
      scene.assertNothingWritten();
      assertThat(scene.valuesNow()).isEqualTo(scene.values("1.3.0"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void aSecondAttemptDoesNotGoFurtherWhenSomebodyEditedTheFileMeanwhile(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment)) {
      assertGreen(scene.deliver("1.2.9"));
      assertGreen(scene.deliver("1.3.0"));
      assertGreen(scene.deliver("1.4.0"));
      ContainerStep rollback = scene.rollback();
      assertGreen(scene.run(rollback));
      scene.editByHand("replicas: 1", "replicas: 3");

      StepResult second = scene.run(rollback.withVariable("GITHUB_RUN_ATTEMPT", "2"));

      assertGreen(second);
      assertThat(second.outputs()).containsEntry("outcome", "unchanged");
      scene.assertNothingWritten();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void theRollbacksOwnPullRequestMayWaitToo(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment)) {
      assertGreen(scene.deliver("1.3.0"));
      assertGreen(scene.deliver("1.4.0"));
      scene.sandbox().gitOps().rules().requireCheck();
      ContainerStep rollback = scene.rollback();

      StepResult first = scene.run(rollback);
      StepResult second = scene.run(rollback.withVariable("GITHUB_RUN_ATTEMPT", "2"));

      assertGreen(first);
      assertThat(first.outputs())
          .containsEntry("outcome", "pending")
          .containsEntry("rolled-back-to", "1.3.0");
      assertGreen(second);
      assertThat(second.outputs())
          .containsEntry("outcome", "pending")
          .containsEntry("rolled-back-to", "1.3.0")
          .containsEntry("changed", "false");
      scene.sandbox().gitOps().passChecks();
      assertThat(scene.valuesNow()).isEqualTo(scene.values("1.3.0"));
    }
  }
}
