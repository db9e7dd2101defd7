package dev.slipway.run;

import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.StepResult;
import dev.slipway.sandbox.EcsSteps;
import dev.slipway.sandbox.FakeDeployment.Status;
import dev.slipway.sandbox.FakeMachine.State;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.sandbox.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs of a commit that is older than what a service or a machine has: they never lead backwards,
/// where deliveries are noted.
class OlderCommitsTest {
  @TempDir private Path folder;

  /// What says nothing of commits.
  enum Place {
    SERVICE,
    MACHINE;

    AwsScene scene(Path folder) {
      return switch (this) {
        case SERVICE -> new VojScene(folder);
        case MACHINE -> new PopconScene(folder);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void leaveALaterDeliveryAlone(Place place) throws IOException {
    try (AwsScene scene = place.scene(folder)) {
      scene.deploy("1.0.0");
      String older = scene.head();
      scene.deploy("1.1.0");
      scene.forget();

      StepResult result = scene.runOf(older, "skip");

      scene.assertPassedBy(result, scene.head());
    }
  }

  @ParameterizedTest
  @EnumSource
  void areRedWhereThatIsWanted(Place place) throws IOException {
    try (AwsScene scene = place.scene(folder)) {
      scene.deploy("1.0.0");
      String older = scene.head();
      scene.deploy("1.1.0");
      scene.forget();

      StepResult result = scene.runOf(older, "fail");

      scene.assertRedBeforeAnything(result);
      assertThat(result.shown())
          .contains("A newer delivery is in production", "use `operation: rollback`");
    }
  }

  @ParameterizedTest
  @EnumSource
  void leaveADeliveryAloneThatCameDuringThePush(Place place) throws IOException {
    try (AwsScene scene = place.scene(folder)) {
      scene.deploy("1.0.0");
      scene.build("1.1.0");
      String older = scene.head();
      AtomicReference<String> newer = new AtomicReference<>("");
      scene
          .sandbox()
          .gitHub()
          // The first look is before the push, the second one after it.
          .fault("query Deployments", new Fault.Overtaken(() -> {}))
          .fault(
              "query Deployments",
              new Fault.Overtaken(() -> {
                deploy(scene, "1.2.0");
                newer.set(scene.head());
                scene.forget();
              }));

      StepResult result = scene.runOf(older, "skip");

      assertGreen(result);
      assertThat(result.outputs())
          .containsEntry("outcome", "superseded")
          .containsEntry("changed", "true");
      assertThat(result.shown()).contains("@" + newer.get().substring(0, 7) + " was delivered");
      assertThat(scene.cloud().calls())
          .doesNotContain("SendCommand", "RegisterTaskDefinition", "UpdateService");
      assertThat(scene.sandbox().application().ledger())
          .extracting(noted -> noted.replaceFirst(".*: ", ""))
          .containsExactly("SUCCESS", "FAILURE", "SUCCESS");
    }
  }

  @Test
  void leaveADeliveryAloneThatIsOnItsWay() throws IOException {
    try (PopconScene scene = new PopconScene(folder)) {
      scene.build("1.0.0");
      String older = scene.head();
      scene.deploy("1.1.0");
      FakeRepository application = scene.sandbox().application();
      Status begun = application.deployments().getLast().statuses().getLast();
      application
          .deployments()
          .getLast()
          .add(new Status("IN_PROGRESS", "", "", begun.at().plusSeconds(1)));

      StepResult result = scene.runOf(older, "skip");

      assertGreen(result);
      assertThat(result.shown())
          .contains(
              "@%s is noted as on its way already, and comes after this run's commit; nothing was written."
                  .formatted(scene.head().substring(0, 7)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void leadForwardAgainAfterARollback(Place place) throws IOException {
    try (AwsScene scene = place.scene(folder)) {
      scene.deploy("1.0.0");
      scene.deploy("1.1.0");
      scene.cloud().ecs().then(EcsSteps.complete());
      assertGreen(scene.rollBack());
      scene.cloud().ecs().then(EcsSteps.complete());

      StepResult result = scene.runOf(scene.head(), "skip");

      assertGreen(result);
      assertThat(result.outputs()).containsEntry("outcome", "deployed");
    }
  }

  @Test
  void mayFollowANewerOneThatFailed() throws IOException {
    try (PopconScene scene = new PopconScene(folder)) {
      scene.build("1.0.0");
      String older = scene.head();
      scene.machine().finishes(State.ended(1, "it does not start\n"));
      scene.deliver("1.1.0", "stop");
      scene.machine().finishes(State.ended(0, "done\n"));

      StepResult result = scene.runOf(older, "skip");

      assertGreen(result);
      assertThat(result.outputs()).containsEntry("outcome", "deployed");
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void goOnWhereNobodyCanTell(boolean noted) throws IOException {
    try (PopconScene scene = new PopconScene(folder)) {
      scene.noting(noted ? "production" : "");
      scene.build("1.0.0");
      String older = scene.head();
      scene.deploy("1.1.0");
      for (int look = 1; look <= 3; look++) {
        scene.sandbox().gitHub().fault("/compare/", Fault.status(403, "Resource not accessible"));
      }

      StepResult result = scene.runOf(older, "skip");

      assertGreen(result);
      assertThat(result.outputs()).containsEntry("outcome", "deployed");
      assertThat(result.shown().contains("Warning: ")).isEqualTo(noted);
    }
  }

  private static void deploy(AwsScene scene, String version) {
    try {
      scene.deploy(version);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
