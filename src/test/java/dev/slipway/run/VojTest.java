package dev.slipway.run;

import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.EcsSteps;
import dev.slipway.sandbox.FakeAws;
import dev.slipway.sandbox.FakeSts;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.SampleImages.Sample;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs of system S3's step: assume the role, push to ECR, move the ECS service.
class VojTest {
  private static final String FILE = ".github/ecs/taskdef.json";
  private static final String ARN =
      "arn:aws:ecs:ap-northeast-2:123456789012:task-definition/voj-backend-api:";

  @TempDir private Path folder;
  private Sandbox sandbox;
  private FakeAws cloud;
  private Sample image;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(ReplacedSystem.VOJ, folder);
    sandbox.ecr().add("voj-backend-api");
    cloud = FakeAws.before(sandbox.ecr().endpoint());
    cloud.ecs().runs(sandbox.fixture("workspace/" + FILE).replace("<to-be-replaced>", "voj:old"));
    image = new SampleImages(sandbox.folders().temp(), "voj").ociArchive();
    Files.copy(image.path(), sandbox.folders().workspace().resolve("voj.tar"));
  }

  @AfterEach
  void close() {
    cloud.close();
    sandbox.close();
  }

  @Test
  void pushesAndMovesTheService() {
    cloud.ecs().then(EcsSteps.complete());

    StepResult result = run(step());

    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("outcome", "deployed")
        .containsEntry("changed", "true")
        .containsEntry("task-definition-arn", ARN + 2)
        .containsEntry("previous-task-definition-arn", ARN + 1);
    assertThat(result.outputs().get("tag")).matches("sha-[0-9a-f]{7}");
    assertThat(cloud.ecs().registered().getFirst())
        .contains("\"image\":\"" + result.outputs().get("image") + "\"")
        .contains("{\"name\":\"EXTRA\",\"value\":\"\"}");
    assertThat(cloud.calls().stream().filter("AssumeRoleWithWebIdentity"::equals)).hasSize(1);
    assertThat(result.summary()).contains("runs voj-backend-api:2; before, it ran");
    assertThat(sandbox.application().ledger())
        .containsExactly("Deploy %s: SUCCESS".formatted(result.outputs().get("tag")));
  }

  @Test
  void writesNothingTheSecondTime() {
    cloud.ecs().then(EcsSteps.complete());
    assertGreen(run(step()));
    cloud.forgetCalls();

    StepResult second = run(step());

    assertGreen(second);
    assertThat(second.outputs())
        .containsEntry("outcome", "unchanged")
        .containsEntry("changed", "false")
        .containsEntry("task-definition-arn", ARN + 2);
    assertThat(cloud.calls()).doesNotContain("RegisterTaskDefinition", "UpdateService");
  }

  @Test
  void isRedWhenTheCircuitBreakerEndsTheDeployment() {
    cloud.ecs().then(EcsSteps.fail("CannotPullContainerError: no such image"));

    StepResult result = run(step());

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown())
        .contains(
            "The deployment of the ECS service voj-backend-api failed",
            "CannotPullContainerError: no such image");
    assertThat(result.outputs()).containsKey("digest").doesNotContainKey("outcome");
  }

  @Test
  void isRedWithEventsAndReasonsWhenEcsRollsBack() {
    cloud.ecs().recordsDeployments().then(EcsSteps.rollBack("OutOfMemoryError: killed"));

    StepResult result = run(step());

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown())
        .contains(
            "Error: ECS rolled the service voj-backend-api back",
            "the circuit breaker threshold was exceeded",
            "it goes back to voj-backend-api:1",
            "stopped tasks: 1 x OutOfMemoryError: killed (api: exit code 1)",
            "deployment failed: tasks failed to start");
    assertThat(result.outputs()).containsKey("digest").doesNotContainKey("outcome");
    assertThat(result.summary())
        .contains("The image is in the registry.", "moves to voj-backend-api:2");
  }

  @Test
  void renewsARoleThatExpiresInMidWait() {
    cloud.ecs().then(EcsSteps.expired(), EcsSteps.complete());

    StepResult result = run(step());

    assertGreen(result);
    assertThat(cloud.calls().stream().filter("AssumeRoleWithWebIdentity"::equals)).hasSize(2);
    assertThat(cloud.calls().stream().filter("token"::equals)).hasSize(2);
  }

  @Test
  void isRedWithTheStateWhenARoleExpiresInMidWaitAndIsNotGivenAgain() {
    cloud
        .ecs()
        .then(ecs -> {
          cloud.sts().refuse(1, 400, "InvalidIdentityToken", "No OpenIDConnect provider found");
          return EcsSteps.expired().play(ecs);
        });

    StepResult result = run(step());

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown())
        .contains(
            "Whether the ECS service voj-backend-api came up is not known",
            "It was moved to voj-backend-api:2",
            "The role arn:aws:iam::123456789012:role/deploy was not assumed");
  }

  @Test
  void comparesWhatTheTasksRunWithWhatWasPushed() {
    cloud.ecs().resolvesTo(image.digest().orElseThrow().value());
    cloud.ecs().then(EcsSteps.complete());

    StepResult result = run(step());

    assertGreen(result);
    assertThat(result.shown()).contains("2 tasks looked at run " + result.outputs().get("digest"));
  }

  @Test
  void isRedWhenTheTasksRunAnotherImage() {
    String other = "sha256:" + "f".repeat(64);
    cloud.ecs().resolvesTo(other);
    cloud.ecs().then(EcsSteps.complete());

    StepResult result = run(step());

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown())
        .contains("runs another image than the one that was delivered", other)
        .contains(result.outputs().get("digest"));
  }

  @Test
  void looksAtNoServiceOfAnotherAccountThanTheRoles() {
    String service = "arn:aws:ecs:ap-northeast-2:999999999999:service/voj-prod/voj-backend-api";

    StepResult result = run(step().withVariable("INPUT_ECS-SERVICE", service));

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown()).contains("is of another account", "999999999999", "123456789012");
    assertThat(cloud.calls()).doesNotContain("DescribeServices", "RegisterTaskDefinition");
  }

  @Test
  void isRedWhenItIsSupersededAndThatIsToFail() {
    String family = sandbox.fixture("workspace/" + FILE).replace("<to-be-replaced>", "voj:other");
    String other = cloud.ecs().has(family);
    cloud
        .ecs()
        .recordsDeployments()
        .then(ecs -> {
          EcsSteps.recorded("STOPPED", "{}").play(ecs);
          return EcsSteps.replace(other).play(ecs);
        });

    StepResult result = run(step().withVariable("INPUT_ON-SUPERSEDED", "fail"));

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown())
        .contains("Error: Another deployment took the ECS service voj-backend-api", other);
    assertThat(result.outputs()).doesNotContainKey("outcome");
  }

  @Test
  void asksNobodyWhileAGapIsLeftInTheTaskDefinition() throws IOException {
    Path file = sandbox.folders().workspace().resolve(FILE);
    Files.writeString(file, Files.readString(file).replace("::123456789012:", "::<account>:"));

    StepResult result = run(step());

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown()).contains("arn:aws:iam::<account>:role/ecsTaskExecutionRole");
    assertThat(cloud.calls()).isEmpty();
  }

  @Test
  void showsInADryRunWhatItWouldRegister() {
    StepResult result = run(step().withVariable("INPUT_DRY-RUN", "true"));

    assertGreen(result);
    assertThat(result.outputs()).containsEntry("outcome", "planned");
    assertThat(result.outputs().get("plan")).contains("\"operation\":\"register\"");
    assertThat(result.shown()).contains("container api: voj:old -> ");
    assertThat(cloud.calls()).doesNotContain("RegisterTaskDefinition", "UpdateService");
  }

  private ContainerStep step() {
    return sandbox
        .step()
        .withVariable("INPUT_AWS-ENDPOINT-URL", cloud.endpoint().toString())
        .withVariable("ACTIONS_ID_TOKEN_REQUEST_URL", cloud.tokens().toString())
        .withVariable("ACTIONS_ID_TOKEN_REQUEST_TOKEN", FakeSts.REQUEST_TOKEN);
  }

  private StepResult run(ContainerStep step) {
    StepResult result = new ProcessRunner(sandbox.folders()).run(step);
    Canaries.assertAbsentFrom(result.shown() + result.outputs() + result.summary());
    return result;
  }
}
