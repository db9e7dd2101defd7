package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.JobFolders;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeAws;
import dev.slipway.sandbox.FakeGitHub;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeMachine.State;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.TtSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs of system S5's step, from the commit to docker compose on its machine.
class TtTest {
  @TempDir private Path folder;
  private final FakeGitHub gitHub = FakeGitHub.start();
  private final RegistryServer registry = RegistryServer.withLogin();
  private final FakeRepository repository = gitHub.repository(TtSystem.APPLICATION);
  private final FakeAws cloud = FakeAws.start();
  private JobFolders folders;

  @BeforeEach
  void start() throws IOException {
    folders = JobFolders.in(folder);
    gitHub.grant(Canaries.GITOPS_TOKEN, TtSystem.APPLICATION, Grant.WRITE);
    repository.commit("main", "chore: start", "src/app.py", "1");
    repository.tag("v1.2.3");
    repository.commit("main", "fix: the login", "src/app.py", "2");
    cloud.ssm().machine(TtSystem.MACHINE).tag("Name", "TT-ec2-1");
    cloud.ssm().machine("i-0fedcba9876543210").tag("Name", "TT-ec2-2");
    Files.copy(
        new SampleImages(folders.temp(), "backend").ociArchive().path(),
        folders.workspace().resolve("backend.tar"));
  }

  @AfterEach
  void close() {
    cloud.close();
    registry.close();
    gitHub.close();
  }

  @Test
  void releasesPushesAndDeploys() {
    cloud.ssm().machine(TtSystem.MACHINE).then(State.ended(0, "Container tt_backend  Started\n"));

    StepResult result = run();

    assertThat(result.exitCode()).as("%s", result.shown()).isZero();
    assertThat(result.outputs())
        .containsEntry("tags", "v1.2.4\nlatest")
        .containsEntry("released", "true")
        .containsEntry("outcome", "deployed")
        .containsEntry("ssm-command-id", cloud.ssm().commands().getFirst().id());
    assertThat(result.shown()).contains("Container tt_backend  Started");
    assertThat(repository.ledger()).containsExactly("Deploy 1.2.4: SUCCESS");
    assertThat(cloud.ssm().commands().getFirst().request().path("InstanceIds"))
        .hasToString("[\"" + TtSystem.MACHINE + "\"]");
    assertThat(cloud.ssm().commands().getFirst().script())
        .contains("HOME=~root\n", "/usr/local/bin", "safe.directory /dockerProjects/tt_backend")
        .contains("export IMAGE_TAG='v1.2.4'\n", "export VERSION='1.2.4'\n");
  }

  @Test
  void isRedWhenTheScriptFails() {
    cloud.ssm().machine(TtSystem.MACHINE).then(State.ended(1, "manifest unknown\n"));

    StepResult result = run();

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown()).contains("exit code 1", "manifest unknown");
    assertThat(result.outputs()).containsEntry("tag-name", "v1.2.4").doesNotContainKey("outcome");
  }

  @Test
  void makesNoReleaseWhileTheMachineIsOffline() {
    cloud.ssm().machine(TtSystem.MACHINE).lost();

    StepResult result = run();

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown()).contains("The machine " + TtSystem.MACHINE);
    assertThat(repository.tags()).containsOnlyKeys("v1.2.3");
    assertThat(gitHub.writes()).isEmpty();
  }

  private StepResult run() {
    StepResult result = new ProcessRunner(folders).run(step());
    Canaries.assertAbsentFrom(result.shown() + result.outputs() + result.summary());
    cloud.ssm().commands().forEach(command -> Canaries.assertAbsentFrom(command.script()));
    return result;
  }

  private ContainerStep step() {
    return new TtSystem(folders, repository, gitHub.apiUrl(), registry.host())
        .step()
        .withVariable("INPUT_AWS-ENDPOINT-URL", cloud.endpoint().toString());
  }
}
