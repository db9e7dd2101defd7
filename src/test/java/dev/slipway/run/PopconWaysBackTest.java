package dev.slipway.run;

import static dev.slipway.run.AwsScene.digest;
import static dev.slipway.run.AwsScene.tag;
import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Canaries;
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

/// Where a rollback of system S4 leads, and what it refuses to do.
class PopconWaysBackTest {
  private static final String ASKING = "./deploy.sh \"$VERSION\"";

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

  @Test
  void aFrontendOfTheSameRepositoryIsNoBackend() throws IOException {
    StepResult good = scene.deploy("1.0.0");
    StepResult newest = scene.deploy("1.1.0");
    scene.build("frontend");
    StepResult frontend =
        scene.run(
            scene
                .sandbox()
                .step()
                .withVariable("INPUT_TAG", "frontend-{sha:7}")
                .withVariable("INPUT_EXTRA-TAGS", "frontend-latest"));
    scene.leaveTheRunnerEmpty();

    StepResult result = scene.rollBack();

    assertGreen(frontend);
    scene.assertRolledBack(result, newest, good);
    assertThat(scene.digestOf("frontend-latest")).contains(digest(frontend));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "production"})
  void aScriptThatAsksForTheVersionIsToldWhichItReturnsTo(String where) throws IOException {
    scene.noting(where);
    StepResult good = deliverAsking("1.0.0");
    deliverAsking("1.1.0");
    scene.leaveTheRunnerEmpty();

    StepResult result =
        scene.run(scene.sandbox().rollback().withVariable("INPUT_SSM-SCRIPT", ASKING));

    assertGreen(result);
    assertThat(scene.cloud().ssm().commands().getLast().script())
        .contains("export VERSION='1.2.3-%s'".formatted(tag(good).replace("backend-", "")));
  }

  private StepResult deliverAsking(String version) throws IOException {
    scene.build(version);
    StepResult result = scene.run(scene.sandbox().step().withVariable("INPUT_SSM-SCRIPT", ASKING));
    assertGreen(result);
    return result;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rollback-to"})
  void believesNoDeploymentOfAnotherRegistry(String named) throws IOException {
    StepResult good = scene.deploy("1.0.0");
    ForgedDeployment.afterTheNewest(
        scene.sandbox().application(), scene.sandbox().registry().host(), "evil.example");
    StepResult newest = scene.deploy("1.1.0");
    scene.leaveTheRunnerEmpty();

    StepResult result = named.isEmpty() ? scene.rollBack() : scene.rollBackTo(tag(good));

    scene.assertRolledBack(result, newest, good);
    assertThat(result.shown()).contains("1 of the deployments of production are not believed");
    assertThat(
            scene.sandbox().gitHub().requests().stream()
                .filter(request -> request.toString().contains("Deployments")))
        .as("the ledger is read once")
        .hasSize(1);
    assertThat(scene.cloud().ssm().commands())
        .allSatisfy(command -> assertThat(command.script()).doesNotContain("evil.example"));
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
  void passesOverAnImageThatIsGoneWithoutALedger() throws IOException {
    scene.noting("");
    StepResult oldest = scene.deploy("0.9.0");
    StepResult good = scene.deploy("1.0.0");
    StepResult newest = scene.deploy("1.1.0");
    scene.loseImage(good);

    StepResult result = scene.rollBack();

    scene.assertRolledBack(result, newest, oldest);
  }

  @Test
  void saysThatNothingIsKnown() throws IOException {
    scene.noting("");
    scene.deploy("1.0.0");
    scene.leaveTheRunnerEmpty();

    StepResult result = scene.rollBack();

    scene.assertRedBeforeAnything(result);
    assertThat(result.shown()).contains("There is no earlier delivery to return to");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "production"})
  void returnsToWhatIsNamed(String where) throws IOException {
    scene.noting(where);
    StepResult oldest = scene.deploy("0.9.0");
    String commit = scene.sandbox().application().head("main");
    scene.deploy("1.0.0");
    scene.deploy("1.1.0");
    scene.leaveTheRunnerEmpty();

    for (String name : List.of(tag(oldest), commit, commit.substring(0, 8))) {
      StepResult result = scene.rollBackTo(name);

      assertGreen(result);
      assertThat(result.outputs())
          .containsEntry("outcome", "rolled-back")
          .containsEntry("rolled-back-to", tag(oldest))
          .containsEntry("digest", digest(oldest));
      scene.assertScriptGot(oldest);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.7.7", "not a tag!", "backend-0000000", "0123456789abcdef"})
  void refusesWhatItDoesNotKnow(String name) throws IOException {
    scene.deploy("1.0.0");
    scene.deploy("1.1.0");
    scene.leaveTheRunnerEmpty();

    StepResult result = scene.rollBackTo(name);

    scene.assertRedBeforeAnything(result);
    assertThat(result.shown()).contains(name, "rollback-to");
  }

  @Test
  void goesByTheTagsWhereTheLedgerMayNotBeWritten() throws IOException {
    scene
        .sandbox()
        .gitHub()
        .grant(Canaries.GITHUB_TOKEN, ReplacedSystem.POPCON.application(), Grant.READ);
    StepResult good = scene.deploy("1.0.0");
    StepResult newest = scene.deploy("1.1.0");

    StepResult result = scene.rollBack();

    scene.assertRolledBack(result, newest, good);
    assertThat(result.shown()).contains("deployments=write", "whether it ran well, nobody noted");
  }
}
