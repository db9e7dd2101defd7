package dev.slipway.matrix;

import dev.slipway.container.ContainerStep;
import dev.slipway.matrix.World.End;
import dev.slipway.sandbox.EcsSteps;
import dev.slipway.sandbox.FakeAws;
import dev.slipway.sandbox.FakeMachine.State;
import dev.slipway.sandbox.FakeSts;
import dev.slipway.sandbox.RepositoryText;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The systems that push to ECR: S1, S3 and S4.
final class SandboxWorlds {
  private SandboxWorlds() {}

  /// Backstage: ECR, then a pull request with auto-merge.
  static World backstage(Path folder) throws IOException {
    Sandbox sandbox = Sandbox.start(ReplacedSystem.BACKSTAGE, folder);
    image(sandbox, "backstage");
    Wire wire = wire(sandbox);
    ContainerStep step =
        sandbox
            .step()
            .withVariable(
                "INPUT_AWS-ENDPOINT-URL", wire.before("AWS", sandbox.ecr().endpoint()).toString())
            .withVariable("GITHUB_API_URL", gitHub(wire, sandbox));
    End end =
        new End(
            List.of(
                () -> registry(sandbox, "backstage-already11"),
                () -> RepositoryText.of(sandbox.application()),
                () -> RepositoryText.of(sandbox.gitOps())),
            () -> 0);
    return new World(wire, sandbox.folders(), step, end, List.of(sandbox::close));
  }

  /// VOJ: a role, ECR, then an ECS service.
  static World voj(Path folder) throws IOException {
    Sandbox sandbox = Sandbox.start(ReplacedSystem.VOJ, folder);
    image(sandbox, "voj");
    sandbox.ecr().add("voj-backend-api");
    FakeAws cloud = FakeAws.before(sandbox.ecr().endpoint());
    cloud
        .ecs()
        .runs(
            sandbox
                .fixture("workspace/.github/ecs/taskdef.json")
                .replace("<to-be-replaced>", "voj:old"));
    // The later ones are for a run that has to move the service again.
    cloud.ecs().then(EcsSteps.complete(), EcsSteps.complete(), EcsSteps.complete());
    Wire wire = wire(sandbox);
    ContainerStep step =
        cloudStep(wire, sandbox, cloud)
            .withVariable(
                "ACTIONS_ID_TOKEN_REQUEST_URL", wire.before("runner", cloud.tokens()).toString())
            .withVariable("ACTIONS_ID_TOKEN_REQUEST_TOKEN", FakeSts.REQUEST_TOKEN);
    End end =
        new End(
            List.of(
                () -> registry(sandbox, "voj-backend-api"),
                () -> RepositoryText.of(sandbox.application()),
                () -> Holdings.service(cloud.ecs())),
            () -> 0);
    return new World(wire, sandbox.folders(), step, end, List.of(cloud::close, sandbox::close));
  }

  /// Pop-Con: ECR, then a script on a machine.
  static World popcon(Path folder) throws IOException {
    Sandbox sandbox = Sandbox.start(ReplacedSystem.POPCON, folder);
    image(sandbox, "backend");
    sandbox.ecr().add("dev-app");
    FakeAws cloud = FakeAws.before(sandbox.ecr().endpoint());
    cloud
        .ssm()
        .machine("i-0123456789abcdef0")
        .tag("Name", "popcon")
        .then(State.ended(0, "4/4 prune\n"));
    Wire wire = wire(sandbox);
    End end =
        new End(
            List.of(
                () -> registry(sandbox, "dev-app"),
                () -> RepositoryText.of(sandbox.application()),
                () -> Holdings.scripts(cloud.ssm())),
            () -> cloud.ssm().commands().size());
    return new World(
        wire,
        sandbox.folders(),
        cloudStep(wire, sandbox, cloud),
        end,
        List.of(cloud::close, sandbox::close));
  }

  private static ContainerStep cloudStep(Wire wire, Sandbox sandbox, FakeAws cloud) {
    return sandbox
        .step()
        .withVariable("INPUT_AWS-ENDPOINT-URL", wire.before("AWS", cloud.endpoint()).toString())
        .withVariable("GITHUB_API_URL", gitHub(wire, sandbox));
  }

  private static Wire wire(Sandbox sandbox) {
    Wire wire = new Wire();
    wire.listen("registry", sandbox.registry());
    return wire;
  }

  private static String gitHub(Wire wire, Sandbox sandbox) {
    return wire.before("GitHub", sandbox.gitHub().apiUrl()).toString();
  }

  private static String registry(Sandbox sandbox, String repository) {
    return Holdings.registry(sandbox.registry().host(), repository);
  }

  /// Puts the archive where the workflow's build step leaves it.
  private static void image(Sandbox sandbox, String name) throws IOException {
    Files.copy(
        new SampleImages(sandbox.folders().temp(), name).ociArchive().path(),
        sandbox.folders().workspace().resolve(name + ".tar"));
  }
}
