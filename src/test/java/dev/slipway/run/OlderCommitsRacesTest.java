package dev.slipway.run;

import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.container.ContainerStep;
import dev.slipway.container.StepResult;
import dev.slipway.run.OlderCommitsTest.Place;
import dev.slipway.sandbox.EcsSteps;
import dev.slipway.sandbox.FakeDeployment;
import dev.slipway.sandbox.FakeDeployment.Status;
import dev.slipway.sandbox.FakeMachine.State;
import dev.slipway.sandbox.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs of older commits beside runs of newer ones, and what they leave for those that follow.
class OlderCommitsRacesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void seeALaterDeliveryBehindARunThatWasKilled(Place place) throws IOException {
    try (AwsScene scene = place.scene(folder)) {
      scene.deploy("1.0.0");
      scene.build("1.1.0");
      String older = scene.head();
      scene.deploy("1.2.0");
      // It had noted itself, and came no further.
      note(scene, older, "99", "dev-app");
      scene.forget();
      scene.cloud().ecs().then(EcsSteps.complete());

      StepResult result = scene.runOf(older, "skip");

      scene.assertPassedBy(result, scene.head());
    }
  }

  @ParameterizedTest
  @EnumSource
  void seeALaterDeliveryBehindAnEarlierOneThatIsUnderWay(Place place) throws IOException {
    try (AwsScene scene = place.scene(folder)) {
      scene.deploy("1.0.0");
      scene.build("1.1.0");
      String oldest = scene.head();
      scene.build("1.2.0");
      String older = scene.head();
      AtomicReference<StepResult> between = new AtomicReference<>();
      // While the oldest one pushes, the newest one comes; and while the oldest one looks again,
      // the
      // one between them starts.
      scene
          .sandbox()
          .gitHub()
          .fault(
              "/deployments",
              new Fault.Overtaken(() -> {
                deploy(scene, "1.3.0");
                scene.cloud().forgetCalls();
                scene
                    .sandbox()
                    .gitHub()
                    .fault(
                        "query Deployments",
                        new Fault.Overtaken(() -> {
                          scene.cloud().ecs().then(EcsSteps.complete());
                          between.set(scene.runOf(older, "skip"));
                        }));
              }));

      StepResult result = scene.runOf(oldest, "skip");

      assertThat(result.outputs()).containsEntry("outcome", "superseded");
      assertThat(between.get().outputs()).containsEntry("outcome", "superseded");
      assertThat(scene.cloud().calls()).doesNotContain("SendCommand", "UpdateService");
    }
  }

  @ParameterizedTest
  @CsvSource({"SERVICE, skip", "SERVICE, fail", "MACHINE, skip", "MACHINE, fail"})
  void doNotStandInTheWayOfARollback(Place place, String onSuperseded) throws IOException {
    try (AwsScene scene = place.scene(folder)) {
      StepResult good = scene.deploy("1.0.0");
      scene.build("1.1.0");
      String older = scene.head();
      AtomicReference<StepResult> newest = new AtomicReference<>();
      // The newer one comes during the push, and is noted first.
      scene
          .sandbox()
          .gitHub()
          .fault("/deployments", new Fault.Overtaken(() -> newest.set(deploy(scene, "1.2.0"))));
      scene.runOf(older, onSuperseded);
      scene.leaveTheRunnerEmpty();
      scene.cloud().ecs().then(EcsSteps.complete());

      StepResult result = scene.rollBack();

      scene.assertRolledBack(result, newest.get(), good);
    }
  }

  @Test
  void tellOfMovingTagsThatTheyHadSet() throws IOException {
    try (PopconScene scene = new PopconScene(folder)) {
      scene.deploy("1.0.0");
      scene.build("1.1.0");
      String older = scene.head();
      scene
          .sandbox()
          .gitHub()
          .fault("/deployments", new Fault.Overtaken(() -> deploy(scene, "1.2.0")));

      StepResult result = scene.runOf(older, "skip");

      assertThat(result.outputs()).containsEntry("outcome", "superseded");
      assertThat(result.shown())
          .contains("Warning: This run had set backend-latest before it saw the newer delivery");
    }
  }

  @Test
  void areNotedAgainWhereAnotherDeliveryCameBetween() throws IOException {
    try (PopconScene scene = new PopconScene(folder)) {
      StepResult oldest = scene.deploy("0.9.0");
      StepResult again = scene.deploy("1.0.0");
      String ours = scene.head();
      Path archive = scene.sandbox().folders().workspace().resolve("backend.tar");
      byte[] image = Files.readAllBytes(archive);
      AtomicBoolean looked = new AtomicBoolean();
      scene
          .sandbox()
          .gitHub()
          .fault("query Deployments", new Fault.Overtaken(() -> looked.set(true)));
      scene
          .sandbox()
          .registry()
          .always(request -> {
            if (looked.getAndSet(false)) {
              failBetween(scene, archive, image);
            }
            return Optional.empty();
          });
      assertThat(scene.runOf(ours, "skip").outputs()).containsEntry("outcome", "deployed");
      scene.leaveTheRunnerEmpty();

      StepResult result = scene.rollBack();

      scene.assertRolledBack(result, again, oldest);
    }
  }

  private static void failBetween(PopconScene scene, Path archive, byte[] image) {
    try {
      scene.deliverBroken("1.1.0", "stop");
      Files.write(archive, image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void takeNothingBackWhereALaterCommitIsOnItsWay() throws IOException {
    try (PopconScene scene = new PopconScene(folder)) {
      scene.deploy("1.0.0");
      // The first one says that ours begins, the second one that it failed.
      scene
          .sandbox()
          .gitHub()
          .fault("mutation AddDeploymentStatus", new Fault.Overtaken(() -> {}))
          .fault(
              "mutation AddDeploymentStatus",
              new Fault.Overtaken(() -> {
                scene.sandbox().application().file("app.js", "1.2.0");
                note(scene, scene.head(), "999", "dev-app");
              }));
      scene.machine().inTurn(State.ended(1, "no space left\n"), State.ended(0, "done\n"));

      StepResult result = scene.deliver("1.1.0", "rollback");

      assertThat(result.exitCode()).isOne();
      assertThat(scene.cloud().ssm().commands()).hasSize(2);
      assertThat(result.shown())
          .contains(
              "Nothing is rolled back in production",
              scene.head().substring(0, 7) + " is noted as on its way meanwhile");
    }
  }

  @Test
  void leaveMachinesOfAnotherRegionOutOfIt() throws IOException {
    try (PopconScene scene = new PopconScene(folder)) {
      String registry = scene.sandbox().registry().host();
      scene.sandbox().application().file("app.js", "1.0.0");
      String older = scene.head();
      scene.sandbox().application().file("app.js", "1.1.0");
      ContainerStep step = scriptOf(scene, "./deploy.sh").withVariable("INPUT_REGISTRY", registry);
      ContainerStep named = step.withVariable("INPUT_REPOSITORY", "dev-app");
      assertGreen(scene.run(named));

      StepResult result =
          scene.run(
              named
                  .withVariable("GITHUB_SHA", older)
                  .withVariable("INPUT_AWS-REGION", "eu-west-1"));

      assertGreen(result);
      assertThat(result.outputs()).containsEntry("outcome", "deployed");
    }
  }

  @Test
  void leaveAnotherApplicationOnTheSameMachineOutOfIt() throws IOException {
    try (PopconScene scene = new PopconScene(folder)) {
      scene.sandbox().application().file("shop/app.js", "1");
      ContainerStep shop = scriptOf(scene, "/shop/deploy.sh");
      scene.sandbox().application().file("blog/app.js", "1");
      assertGreen(scene.run(scriptOf(scene, "/blog/deploy.sh")));

      StepResult result = scene.run(shop);

      assertGreen(result);
      assertThat(result.outputs()).containsEntry("outcome", "deployed");
    }
  }

  /// The script for an image that an earlier step pushed, and that nothing names.
  private static ContainerStep scriptOf(AwsScene scene, String script) {
    return scene
        .sandbox()
        .step()
        .withVariable("INPUT_IMAGE", "")
        .withVariable("INPUT_REGISTRY", "")
        .withVariable("INPUT_REPOSITORY", "")
        .withVariable("INPUT_EXTRA-TAGS", "")
        .withVariable("INPUT_TAG", "sha")
        .withVariable("INPUT_SSM-SCRIPT", script);
  }

  @Test
  void believeNoDeploymentOfAnotherImage() throws IOException {
    try (PopconScene scene = new PopconScene(folder)) {
      scene.deploy("1.0.0");
      scene.build("1.1.0");
      String ours = scene.head();
      scene.sandbox().application().file("app.js", "a proposal");
      note(scene, scene.head(), "999", "evil")
          .add(new Status("SUCCESS", "", "", Instant.parse("2026-01-01T00:00:00Z")));

      StepResult result = scene.runOf(ours, "skip");

      assertThat(result.outputs()).containsEntry("outcome", "deployed");
    }
  }

  /// Notes the newest delivery once more, as one of another commit and run of which nothing is said
  /// yet.
  private static FakeDeployment note(AwsScene scene, String commit, String run, String repository) {
    FakeDeployment newest = scene.sandbox().application().deployments().getLast();
    String payload =
        newest.payload().isTextual() ? newest.payload().asText() : newest.payload().toString();
    return scene
        .sandbox()
        .application()
        .deploy(
            commit,
            JsonNodeFactory.instance
                .objectNode()
                .put("environment", newest.environment())
                .put("task", newest.task())
                .put(
                    "payload",
                    payload
                        .replaceFirst("\"run\":\"[0-9]+\"", "\"run\":\"" + run + "\"")
                        .replace("\"dev-app\"", "\"" + repository + "\"")));
  }

  private static StepResult deploy(AwsScene scene, String version) {
    try {
      return scene.deploy(version);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
