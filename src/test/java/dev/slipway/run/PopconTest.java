package dev.slipway.run;

import static dev.slipway.run.PopconScene.MACHINE;
import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeAws;
import dev.slipway.sandbox.FakeMachine.State;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import dev.slipway.sandbox.SsmFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs of system S4's step: push to ECR, then deploy.sh on the machine.
class PopconTest {
  @TempDir private Path folder;
  private Sandbox sandbox;
  private FakeAws cloud;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(ReplacedSystem.POPCON, folder);
    sandbox.ecr().add("dev-app");
    cloud = FakeAws.before(sandbox.ecr().endpoint());
    cloud.ssm().machine(MACHINE).tag("Name", "popcon");
    Files.copy(
        new SampleImages(sandbox.folders().temp(), "backend").ociArchive().path(),
        sandbox.folders().workspace().resolve("backend.tar"));
  }

  @AfterEach
  void close() {
    cloud.close();
    sandbox.close();
  }

  @Test
  void pushesAndRunsTheScript() {
    cloud.ssm().machine(MACHINE).then(State.ended(0, "1/4 pull\n2/4 env\n3/4 up\n4/4 prune\n"));

    StepResult result = run(step());

    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("outcome", "deployed")
        .containsEntry("changed", "true")
        .containsEntry("ssm-command-id", cloud.ssm().commands().getFirst().id());
    assertThat(result.outputs().get("tags")).matches("backend-[0-9a-f]{7}\nbackend-latest");
    assertThat(result.shown()).contains("1/4 pull\n  2/4 env\n  3/4 up\n  4/4 prune");
    assertThat(result.summary()).contains(MACHINE);
    assertThat(sandbox.application().ledger())
        .containsExactly("Deploy %s: SUCCESS".formatted(result.outputs().get("tag")));
    assertThat(cloud.ssm().commands().getFirst().script())
        .contains("\n./deploy.sh\n", "runuser -u 'ubuntu'")
        .contains("export IMAGE='" + result.outputs().get("image") + "'\n")
        .contains("export IMAGE_TAG='" + result.outputs().get("tag") + "'\n")
        .contains("export IMAGE_DIGEST='" + result.outputs().get("digest") + "'\n");
  }

  @Test
  void runsTheScriptAgainTheSecondTime() {
    assertGreen(run(step()));

    StepResult second = run(step());

    assertGreen(second);
    assertThat(second.outputs())
        .containsEntry("outcome", "deployed")
        .containsEntry("changed", "true");
    assertThat(cloud.ssm().commands()).hasSize(2);
  }

  @Test
  void isRedWithTheLastLinesWhenTheScriptFails() {
    cloud
        .ssm()
        .machine(MACHINE)
        .then(State.ended(2, "1/4 pull\n::set-env name=PATH::/tmp\nno space left on device\n"));

    StepResult result = run(step());

    assertThat(result.exitCode()).isOne();
    assertThat(result.log())
        .anyMatch(line ->
            line.startsWith("::error ")
                && line.contains("exit code 2")
                && line.contains("no space left"))
        .noneMatch(line -> line.startsWith("::set-env"));
    assertThat(result.outputs())
        .containsKeys("digest", "ssm-command-id")
        .containsEntry("changed", "true")
        .doesNotContainKey("outcome");
    assertThat(result.summary()).contains("runs the script again");
  }

  @Test
  void pushesNothingWhileTheMachineIsOffline() {
    cloud.ssm().machine(MACHINE).lost();

    StepResult result = run(step());

    assertRedBeforeThePush(result);
    assertThat(result.shown()).contains("The machine " + MACHINE, "ConnectionLost");
  }

  @Test
  void pushesNothingWhereNoMachineHasTheTag() {
    StepResult result = run(step().withVariable("INPUT_SSM-TARGETS", "tag:Name=Popcon"));

    assertRedBeforeThePush(result);
    assertThat(result.shown()).contains("No machine matches `tag:Name=Popcon`");
  }

  @Test
  void pushesNothingWhereTheScriptHoldsASecret() {
    StepResult result =
        run(
            step()
                .withVariable(
                    "INPUT_SSM-SCRIPT", "docker login -p " + Canaries.GITHUB_TOKEN + " ghcr.io"));

    assertRedBeforeThePush(result);
    assertThat(result.shown()).contains("`ssm-script` cannot be used");
    assertThat(cloud.calls()).isEmpty();
  }

  @Test
  void namesThePermissionThatIsMissing() {
    cloud
        .ssm()
        .fail(
            "SendCommand",
            SsmFault.denied(
                "SendCommand", "arn:aws:ec2:ap-northeast-2:123456789012:instance/" + MACHINE));

    StepResult result = run(step());

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown()).contains("ssm:SendCommand", "instance/" + MACHINE);
    assertThat(result.outputs()).doesNotContainKey("ssm-command-id");
  }

  @Test
  void showsMachinesAndScriptInADryRun() {
    StepResult result = run(step().withVariable("INPUT_DRY-RUN", "true"));

    assertGreen(result);
    assertThat(result.shown()).contains(MACHINE, "./deploy.sh", "as ubuntu");
    assertThat(result.outputs().get("plan")).contains("\"instances\":[\"" + MACHINE + "\"]");
    assertThat(cloud.calls()).doesNotContain("SendCommand");
  }

  private ContainerStep step() {
    return sandbox.step().withVariable("INPUT_AWS-ENDPOINT-URL", cloud.endpoint().toString());
  }

  private StepResult run(ContainerStep step) {
    StepResult result = new ProcessRunner(sandbox.folders()).run(step);
    Canaries.assertAbsentFrom(result.shown() + result.outputs() + result.summary());
    cloud.ssm().commands().forEach(command -> Canaries.assertAbsentFrom(command.script()));
    return result;
  }

  private void assertRedBeforeThePush(StepResult result) {
    assertThat(result.exitCode()).isOne();
    assertThat(sandbox.registry().requests())
        .allSatisfy(request -> assertThat(request.method()).isIn("GET", "HEAD"));
    assertThat(cloud.calls()).doesNotContain("SendCommand");
  }
}
