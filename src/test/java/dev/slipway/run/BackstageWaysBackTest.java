package dev.slipway.run;

import static dev.slipway.run.BackstageScene.VALUES;
import static dev.slipway.run.StepAssertions.assertGreen;
import static dev.slipway.run.StepAssertions.assertRed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.Fault;
import dev.slipway.sandbox.WireFault;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a rollback of system S1 leads, and what it refuses to do.
class BackstageWaysBackTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "production, 1.3.0", "production, v1.3.0", "production, commit",
    "'', 1.3.0", "'', v1.3.0", "'', commit"
  })
  void leadsWhereTheAuthorSays(String environment, String to) {
    try (BackstageScene scene = new BackstageScene(folder, environment)) {
      assertGreen(scene.deliver("1.3.0"));
      String commit = scene.sandbox().application().head("main").substring(0, 8);
      assertGreen(scene.deliver("1.4.0"));
      assertGreen(scene.deliver("1.5.0"));
      String name = to.equals("commit") ? commit : to;

      StepResult result = scene.run(scene.rollback().withVariable("INPUT_ROLLBACK-TO", name));

      assertGreen(result);
      assertThat(result.outputs())
          .containsEntry("outcome", "rolled-back")
          .containsEntry("rolled-back-to", "1.3.0")
          .containsEntry("tags", "1.3.0\nlatest")
          .containsEntry("digest", scene.digest("1.3.0"));
      assertThat(scene.valuesNow()).isEqualTo(scene.values("1.3.0"));
      assertThat(scene.digestInRegistry("latest")).contains(scene.digest("1.3.0"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void refusesANameThatIsNoDelivery(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment)) {
      assertGreen(scene.deliver("1.3.0"));
      assertGreen(scene.deliver("1.4.0"));

      StepResult result = scene.run(scene.rollback().withVariable("INPUT_ROLLBACK-TO", "9.9.9"));

      assertRed(result);
      assertThat(result.shown()).contains("9.9.9");
      scene.assertNothingWritten();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", ""})
  void anImageThatIsGoneNamesTheNextToReturnTo(String environment) {
    try (BackstageScene scene = new BackstageScene(folder, environment)) {
      assertGreen(scene.deliver("1.3.0"));
      assertGreen(scene.deliver("1.4.0"));
      assertGreen(scene.deliver("1.5.0"));
      expire("1.4.0", scene);

      StepResult result = scene.run(scene.rollback());

      assertRed(result);
      assertThat(result.shown())
          .contains("1.4.0 cannot be returned to")
          .contains("`rollback-to: 1.3.0`");
      scene.assertNothingWritten();
    }
  }

  @Test
  void looksTheImageUpAlsoWhereTheFilesSayOnlyTheVersion() {
    try (BackstageScene scene = new BackstageScene(folder, "")) {
      assertGreen(scene.run(byVersion(scene.delivery("1.3.0"))));
      assertGreen(scene.run(byVersion(scene.delivery("1.4.0"))));
      assertGreen(scene.run(byVersion(scene.delivery("1.5.0"))));

      StepResult first = scene.run(byVersion(scene.rollback()));
      expire("1.3.0", scene);
      StepResult second = scene.run(byVersion(scene.rollback()));

      assertGreen(first);
      assertThat(first.outputs()).containsEntry("digest", scene.digest("1.4.0"));
      assertThat(scene.digestInRegistry("latest")).contains(scene.digest("1.4.0"));
      assertRed(second);
      assertThat(second.shown()).contains("1.3.0 cannot be returned to");
      scene.assertNothingWritten();
    }
  }

  private static ContainerStep byVersion(ContainerStep step) {
    return step.withVariable(
        "INPUT_GITOPS-UPDATE", VALUES + ": {backstage.image.tag: '{version}'}");
  }

  /// As a lifecycle rule does.
  private static void expire(String version, BackstageScene scene) {
    String digest = scene.digest(version);
    scene
        .sandbox()
        .registry()
        .always(request ->
            request.path().endsWith("/manifests/" + version)
                    || request.path().endsWith("/manifests/" + digest)
                ? Optional.of(
                    WireFault.refusal(404, "MANIFEST_UNKNOWN", "Requested image not found"))
                : Optional.empty());
  }

  @Test
  void doesNotReturnToWhatIsNotedToHaveFailed() {
    try (BackstageScene scene = new BackstageScene(folder, "production").breaks("1.3.0")) {
      assertRed(scene.followed().run(scene.delivery("1.3.0")));
      assertGreen(scene.deliver("1.4.0"));

      StepResult result = scene.run(scene.rollback());

      assertRed(result);
      assertThat(result.shown())
          .contains("What was there before is 1.3.0, and the deployments say that it failed");
      scene.assertNothingWritten();
    }
  }

  @Test
  void withoutTheRightToNoteADeliveryIsMadeWithAWarning() {
    try (BackstageScene scene = new BackstageScene(folder, "production")) {
      mayOnlyRead(scene);

      StepResult result = scene.deliver("1.3.0");

      assertGreen(result);
      assertThat(result.outputs()).containsEntry("outcome", "deployed");
      assertThat(result.log())
          .filteredOn(line -> line.startsWith("::warning "))
          .singleElement()
          .asString()
          .contains("deployments");
      assertThat(scene.noted()).isEmpty();
    }
  }

  @Test
  void withoutTheRightToNoteTheFilesLeadBack() {
    try (BackstageScene scene = new BackstageScene(folder, "production")) {
      assertGreen(scene.deliver("1.2.9"));
      assertGreen(scene.deliver("1.3.0"));
      mayOnlyRead(scene);
      assertGreen(scene.deliver("1.4.0"));

      StepResult first = scene.run(scene.rollback());
      StepResult second = scene.run(scene.rollback());

      assertGreen(first);
      assertThat(first.outputs())
          .containsEntry("rolled-back-from", "1.4.0")
          .containsEntry("rolled-back-to", "1.3.0");
      assertThat(first.shown())
          .contains("The deployments of production do not show what is there now");
      assertGreen(second);
      assertThat(second.outputs()).containsEntry("rolled-back-to", "1.2.9");
    }
  }

  @Test
  void withoutTheRightToReadWhatIsNotedItGoesOnlyWhereItIsTold() {
    try (BackstageScene scene = new BackstageScene(folder, "production")) {
      assertGreen(scene.deliver("1.3.0"));
      assertGreen(scene.deliver("1.4.0"));
      hideWhatIsNoted(scene);
      StepResult guess = scene.run(scene.rollback());
      hideWhatIsNoted(scene);
      StepResult told = scene.run(scene.rollback().withVariable("INPUT_ROLLBACK-TO", "1.3.0"));

      assertRed(guess);
      assertThat(guess.shown())
          .contains("deployments")
          .contains("where to return to is not known")
          .contains("say where to in `rollback-to`");
      assertGreen(told);
      assertThat(told.outputs()).containsEntry("rolled-back-to", "1.3.0");
      assertThat(told.log()).filteredOn(line -> line.startsWith("::warning ")).isNotEmpty();
    }
  }

  /// From the next run.
  private static void hideWhatIsNoted(BackstageScene scene) {
    scene
        .sandbox()
        .gitHub()
        .fault(
            "query Deployments",
            Fault.graphQlError("FORBIDDEN", "Resource not accessible by integration"));
  }

  private static void mayOnlyRead(BackstageScene scene) {
    scene
        .sandbox()
        .gitHub()
        .grant(Canaries.GITHUB_TOKEN, scene.sandbox().application().fullName(), Grant.READ);
  }
}
