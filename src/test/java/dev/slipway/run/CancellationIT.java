package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.JarRunner;
import dev.slipway.container.RunningStep;
import dev.slipway.container.ShownLog;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.ArgoCdApplication;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.EcsSteps;
import dev.slipway.sandbox.FakeArgoCd;
import dev.slipway.sandbox.FakeAws;
import dev.slipway.sandbox.FakeCommand;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeMachine.State;
import dev.slipway.sandbox.FakeSts;
import dev.slipway.sandbox.RecordingProxy;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import dev.slipway.sandbox.WireFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs of the jar that are cancelled while they wait: each says what it leaves behind, and sends
/// nothing any more.
class CancellationIT {
  @TempDir private Path folder;

  @Test
  void saysThatTheServiceIsStillMoving() throws IOException {
    try (Sandbox sandbox = Sandbox.start(ReplacedSystem.VOJ, folder);
        FakeAws cloud = voj(sandbox)) {
      cloud.ecs().then(EcsSteps.progress(1, 0));
      RunningStep step = start(sandbox, cloudStep(sandbox, cloud));
      step.awaitLine("1 of 2 running");
      cloud.forgetCalls();

      StepResult result = step.terminate();

      assertThat(result.exitCode()).isNotZero();
      assertThat(cloud.calls()).isEmpty();
      assertThat(cancelled(result))
          .contains(
              "ECS service voj-backend-api: 1 of 2 running, 1 pending.",
              "The image is in the registry.",
              "The ECS service voj-backend-api moves to voj-backend-api:2; before, it ran"
                  + " voj-backend-api:1.",
              "Nothing was undone");
      assertThat(result.outputs()).containsKey("digest").doesNotContainKey("outcome");
    }
  }

  @Test
  void saysThatThePullRequestIsThere() throws IOException {
    try (Sandbox sandbox = Sandbox.start(ReplacedSystem.BACKSTAGE, folder)) {
      archive(sandbox, "backstage");
      RunningStep step = start(sandbox, sandbox.step().withVariable("INPUT_WAIT-FOR-MERGE", "30"));
      step.awaitLine("Pull request #1: required checks have not ended");
      int writes = sandbox.gitHub().writes().size();

      StepResult result = step.cancel();

      assertThat(result.exitCode()).isNotZero();
      assertThat(sandbox.gitHub().writes()).hasSize(writes);
      assertThat(cancelled(result))
          .contains(
              "Pull request #1: required checks have not ended: build.",
              "The image is in the registry.",
              "The pull request #1 is there.");
    }
  }

  @Test
  void saysWhichApplicationIsNotLiveYet() throws IOException {
    try (Sandbox sandbox = Sandbox.start(ReplacedSystem.BACKSTAGE, folder);
        FakeArgoCd argoCd = FakeArgoCd.start()) {
      archive(sandbox, "backstage");
      argoCd.on(
          "GET backstage",
          () ->
              FakeArgoCd.Reply.ok(
                  ArgoCdApplication.of(
                          "backstage", sandbox.gitHub().apiUrl() + "/SAMJOYAP/gitops.git")
                      .synced(sandbox.gitOps().head("main"))
                      .health("Progressing")
                      .text()));
      RunningStep step =
          start(
              sandbox,
              sandbox
                  .step()
                  .withVariable("INPUT_GITOPS-DELIVERY", "commit")
                  .withVariable("INPUT_ARGOCD-SERVER", argoCd.uri().toString())
                  .withVariable("INPUT_ARGOCD-TOKEN", Canaries.ARGOCD_TOKEN)
                  .withVariable("INPUT_ARGOCD-APPLICATIONS", "backstage"));
      step.awaitLine("Argo CD application backstage: ");

      StepResult result = step.cancel();

      assertThat(result.exitCode()).isNotZero();
      assertThat(argoCd.requests()).allMatch(request -> request.method().equals("GET"));
      assertThat(cancelled(result))
          .contains("Argo CD application backstage: ", "The branch main has commit ");
    }
  }

  @Test
  void cancelsTheCommandOnTheMachine() throws IOException {
    try (Sandbox sandbox = Sandbox.start(ReplacedSystem.POPCON, folder);
        FakeAws cloud = popcon(sandbox)) {
      RunningStep step = start(sandbox, cloudStep(sandbox, cloud));
      step.awaitLine("is running the script");

      StepResult result = step.cancel();

      assertThat(result.exitCode()).isNotZero();
      assertThat(cloud.ssm().commands()).singleElement().matches(FakeCommand::isCancelled);
      assertThat(cancelled(result))
          .contains(
              "AWS to cancel the command",
              "The script was sent: Run Command " + cloud.ssm().commands().getFirst().id(),
              "runs the script again");
    }
  }

  @Test
  void undoesNothingWhileAwsIsSlowToCancelTheCommand() throws IOException {
    try (Sandbox sandbox = Sandbox.start(ReplacedSystem.POPCON, folder);
        FakeAws cloud = popcon(sandbox);
        RecordingProxy slow = RecordingProxy.before(cloud.endpoint().getAuthority())) {
      sandbox
          .gitHub()
          .grant(Canaries.GITHUB_TOKEN, ReplacedSystem.POPCON.application(), Grant.WRITE);
      slow.inject(request -> action(request).equals("CancelCommand"), new WireFault.Silence());
      RunningStep step =
          start(
              sandbox,
              cloudStep(sandbox, cloud)
                  .withVariable("INPUT_AWS-ENDPOINT-URL", "http://" + slow.host())
                  .withVariable("INPUT_DEPLOYMENT-ENVIRONMENT", "production")
                  .withVariable("INPUT_ON-FAILURE", "rollback"));
      step.awaitLine("is running the script");
      int writes = sandbox.gitHub().writes().size();

      // The run would see that the script was cancelled, and begin to roll back.
      StepResult result = step.cancel();

      assertThat(result.exitCode()).isNotZero();
      assertThat(slow.requests().stream().map(CancellationIT::action))
          .containsOnlyOnce("SendCommand", "CancelCommand");
      assertThat(sandbox.gitHub().writes()).hasSize(writes);
      assertThat(cancelled(result)).contains("The script was sent: Run Command ");
    }
  }

  private static String action(RecordingProxy.Request request) {
    return request.headers().getOrDefault("X-Amz-Target", "").replaceFirst(".*\\.", "");
  }

  private static FakeAws popcon(Sandbox sandbox) throws IOException {
    sandbox.ecr().add("dev-app");
    archive(sandbox, "backend");
    FakeAws cloud = FakeAws.before(sandbox.ecr().endpoint());
    cloud
        .ssm()
        .machine("i-0123456789abcdef0")
        .tag("Name", "popcon")
        .then(State.of("InProgress", "InProgress"));
    return cloud;
  }

  private static FakeAws voj(Sandbox sandbox) throws IOException {
    sandbox.ecr().add("voj-backend-api");
    archive(sandbox, "voj");
    FakeAws cloud = FakeAws.before(sandbox.ecr().endpoint());
    cloud
        .ecs()
        .runs(
            sandbox
                .fixture("workspace/.github/ecs/taskdef.json")
                .replace("<to-be-replaced>", "voj:old"));
    return cloud;
  }

  private static ContainerStep cloudStep(Sandbox sandbox, FakeAws cloud) {
    return sandbox
        .step()
        .withVariable("INPUT_AWS-ENDPOINT-URL", cloud.endpoint().toString())
        .withVariable("ACTIONS_ID_TOKEN_REQUEST_URL", cloud.tokens().toString())
        .withVariable("ACTIONS_ID_TOKEN_REQUEST_TOKEN", FakeSts.REQUEST_TOKEN);
  }

  private static void archive(Sandbox sandbox, String name) throws IOException {
    Files.copy(
        new SampleImages(sandbox.folders().temp(), name).ociArchive().path(),
        sandbox.folders().workspace().resolve(name + ".tar"));
  }

  private static RunningStep start(Sandbox sandbox, ContainerStep step) {
    return new JarRunner(Path.of("target/slipway.jar"), sandbox.folders()).start(step);
  }

  /// The one line that a cancelled run ends with.
  private static String cancelled(StepResult result) {
    Canaries.assertAbsentFrom(String.join("\n", ShownLog.of(result.log())));
    assertThat(result.log()).last().asString().startsWith("::error title=The run was cancelled::");
    return ShownLog.of(result.log()).getLast();
  }
}
