package dev.slipway.run;

import static dev.slipway.run.StepAssertions.assertGreen;
import static dev.slipway.run.StepAssertions.assertRed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.StepResult;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a rollback of system S1 makes of what people did to its values file.
class BackstageHandEditsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void leavesAloneWhatSomebodySetByHand(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment)) {
      assertGreen(scene.deliver("1.3.0"));
      assertGreen(scene.deliver("1.4.0"));
      scene.editByHand("'1.4.0'", "'1.4.0-hotfix'");

      StepResult result = scene.run(scene.rollback());

      assertRed(result);
      assertThat(result.shown())
          .contains("What SAMJOYAP/gitops says now is no delivery of this workflow")
          .contains(scene.sandbox().gitOps().head("main").substring(0, 7))
          .contains("rollback-to");
      assertThat(result.outputs()).doesNotContainKey("outcome");
      scene.assertNothingWritten();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void leavesAloneWhatSomebodySetByHandLongAgo(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment)) {
      assertGreen(scene.deliver("1.3.0"));
      assertGreen(scene.deliver("1.4.0"));
      scene.editByHand("'1.4.0'", "'1.4.0-hotfix'");
      IntStream.range(1, 55)
          .forEach(count -> scene.editByHand("replicas: " + count, "replicas: " + (count + 1)));

      StepResult result = scene.run(scene.rollback());

      assertRed(result);
      assertThat(result.shown()).contains("in `rollback-to`");
      scene.assertNothingWritten();
    }
  }

  @Test
  void readsOnBehindACommitThatBrokeTheFile() {
    try (BackstageScene scene = new BackstageScene(folder, "")) {
      assertGreen(scene.deliver("1.3.0"));
      assertGreen(scene.deliver("1.4.0"));
      scene.editByHand("backstage:\n", "backstage: [\n");
      scene.editByHand("backstage: [\n", "backstage:\n");

      StepResult result = scene.run(scene.rollback());

      assertGreen(result);
      assertThat(scene.valuesNow()).isEqualTo(scene.values("1.3.0"));
      assertThat(result.shown()).contains("it is what the files said before commit");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void leavesAloneWhatSomebodyRevertedByHand(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment)) {
      assertGreen(scene.deliver("1.3.0"));
      assertGreen(scene.deliver("1.4.0"));
      assertGreen(scene.deliver("1.5.0"));
      scene.editByHand("'1.5.0'", "'1.3.0'");

      StepResult result = scene.run(scene.rollback());

      assertRed(result);
      assertThat(result.shown())
          .contains("What SAMJOYAP/gitops says now is no delivery of this workflow");
      scene.assertNothingWritten();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void whereTheAuthorSaysWhereToItReplacesThatToo(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment)) {
      assertGreen(scene.deliver("1.2.9"));
      assertGreen(scene.deliver("1.3.0"));
      assertGreen(scene.deliver("1.4.0"));
      scene.editByHand("'1.4.0'", "'1.4.0-hotfix'");

      StepResult result = scene.run(scene.rollback().withVariable("INPUT_ROLLBACK-TO", "1.3.0"));

      assertGreen(result);
      assertThat(scene.valuesNow()).isEqualTo(scene.values("1.3.0"));

      StepResult next = scene.run(scene.rollback());

      assertGreen(next);
      assertThat(next.outputs()).containsEntry("rolled-back-to", "1.2.9");
    }
  }
}
