package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.EcsSteps;
import dev.slipway.sandbox.FakeEcs;
import dev.slipway.sandbox.FakeSts;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import java.io.IOException;
import java.nio.file.Path;

/// System S3 over many runs: a service of ECS that runs an old task definition at first.
final class VojScene extends AwsScene {
  /// Of its task definitions, without the number at the end; the first is not Slipway's.
  static final String ARN =
      "arn:aws:ecs:ap-northeast-2:123456789012:task-definition/voj-backend-api:";

  VojScene(Path folder) {
    super(ReplacedSystem.VOJ, folder, new Built("voj.tar", "voj-backend-api"));
    ecs().recordsDeployments();
    ecs().runs(definition("voj:old"));
  }

  FakeEcs ecs() {
    return cloud().ecs();
  }

  /// A task definition like the repository's.
  String definition(String image) {
    return sandbox()
        .fixture("workspace/.github/ecs/taskdef.json")
        .replace("<to-be-replaced>", image);
  }

  @Override
  StepResult deploy(String version) throws IOException {
    ecs().then(EcsSteps.complete());
    return super.deploy(version);
  }

  @Override
  StepResult run(ContainerStep step) {
    return super.run(
        step.withVariable("ACTIONS_ID_TOKEN_REQUEST_URL", cloud().tokens().toString())
            .withVariable("ACTIONS_ID_TOKEN_REQUEST_TOKEN", FakeSts.REQUEST_TOKEN));
  }

  /// The ARN of the task definition that the service is to run.
  String serviceRuns() {
    return ecs().service().path("taskDefinition").asText();
  }

  @Override
  void assertRolledBack(StepResult result, StepResult from, StepResult to) {
    super.assertRolledBack(result, from, to);
    assertThat(result.outputs()).containsEntry("tag", tag(to));
    assertThat(result.shown()).contains("commit   " + tag(to).substring(4));
  }
}
