package dev.slipway.run;

import static dev.slipway.run.AwsScene.digest;
import static dev.slipway.run.AwsScene.tag;
import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which tags lead a rollback of system S4 back where nobody noted what was delivered.
class PopconTagsTest {
  @TempDir private Path folder;
  private PopconScene scene;

  @BeforeEach
  void start() {
    scene = new PopconScene(folder);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @ParameterizedTest
  @CsvSource({
    "backend-latest, backend-{sha:7}, false",
    "backend-latest, backend-{sha:7}, true",
    "'build-{run-number}', 'backend-{sha:7},backend-latest', false",
    "'build-{run-number}', 'backend-{sha:7},backend-latest', true",
    "'backend-{sha:7}', 'build-{run-number},backend-latest', false",
    "'backend-{sha:7}', 'build-{run-number},backend-latest', true"
  })
  void goesByTheTagThatTellsTheCommit(String tag, String further, boolean named)
      throws IOException {
    scene.noting("");
    StepResult good = deliverTagged("1.0.0", 1, tag, further);
    String commit = scene.sandbox().application().head("main");
    StepResult newest = deliverTagged("1.1.0", 2, tag, further);
    String newestCommit = scene.sandbox().application().head("main");
    scene.leaveTheRunnerEmpty();

    StepResult result =
        scene.run(
            tagged(scene.sandbox().rollback(), 2, tag, further)
                .withVariable("INPUT_ROLLBACK-TO", named ? commit : ""));

    assertGreen(result);
    assertThat(digest(result)).isEqualTo(digest(good));
    assertThat(scene.digestOf("backend-latest")).contains(digest(good));
    assertThat(scene.digestOf("backend-" + commit.substring(0, 7))).contains(digest(good));
    assertThat(scene.digestOf("backend-" + newestCommit.substring(0, 7))).contains(digest(newest));
    if (further.contains("run") || tag.contains("run")) {
      assertThat(scene.digestOf("build-2")).contains(digest(newest));
    }
  }

  @Test
  void aVersionBetweenReleasesTellsItsCommit() throws IOException {
    scene.noting("");
    StepResult good = deliverTagged("1.0.0", 1, "semver", "backend-latest");
    String commit = scene.sandbox().application().head("main");
    deliverTagged("1.1.0", 2, "semver", "backend-latest");
    scene.leaveTheRunnerEmpty();

    StepResult result =
        scene.run(
            tagged(scene.sandbox().rollback(), 3, "semver", "backend-latest")
                .withVariable("INPUT_ROLLBACK-TO", tag(good)));

    assertGreen(result);
    assertThat(tag(good)).endsWith("-" + commit.substring(0, 7));
    assertThat(scene.cloud().ssm().commands().getLast().script())
        .contains("export COMMIT_SHA='%s'".formatted(commit))
        .contains("export VERSION='%s'".formatted(tag(good)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"backend-latest", "build-{run-number}"})
  void refusesACommitThatNoTagTells(String tag) throws IOException {
    scene.noting("");
    deliverTagged("1.0.0", 1, tag, "");
    String commit = scene.sandbox().application().head("main");
    deliverTagged("1.1.0", 2, tag, "");
    scene.leaveTheRunnerEmpty();

    StepResult result =
        scene.run(
            tagged(scene.sandbox().rollback(), 2, tag, "")
                .withVariable("INPUT_ROLLBACK-TO", commit));

    scene.assertRedBeforeAnything(result);
    assertThat(result.shown())
        .contains("The image of %s is not known".formatted(commit.substring(0, 7)));
  }

  private StepResult deliverTagged(String version, int number, String tag, String further)
      throws IOException {
    scene.build(version);
    StepResult result = scene.run(tagged(scene.sandbox().step(), number, tag, further));
    assertGreen(result);
    return result;
  }

  private static ContainerStep tagged(ContainerStep step, int number, String tag, String further) {
    return step.withVariable("INPUT_TAG", tag)
        .withVariable("INPUT_EXTRA-TAGS", further)
        .withVariable("GITHUB_RUN_NUMBER", String.valueOf(number));
  }
}
