package dev.slipway.matrix;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.JobFolders;
import dev.slipway.matrix.World.End;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeAws;
import dev.slipway.sandbox.FakeGitHub;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeMachine.State;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.RepositoryText;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.TtSystem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// System S5: a release, an image to a registry, and a script on a machine.
final class TtWorld {
  private final JobFolders folders;
  private final FakeGitHub gitHub = FakeGitHub.start();
  private final RegistryServer registry = RegistryServer.withLogin();
  private final FakeAws cloud = FakeAws.start();
  private final FakeRepository repository = gitHub.repository(TtSystem.APPLICATION);
  private final Wire wire = new Wire();

  private TtWorld(Path folder) {
    this.folders = JobFolders.in(folder);
  }

  static World open(Path folder) throws IOException {
    return new TtWorld(folder).world();
  }

  private World world() throws IOException {
    Files.copy(
        new SampleImages(folders.temp(), "backend").ociArchive().path(),
        folders.workspace().resolve("backend.tar"));
    gitHub.grant(Canaries.GITOPS_TOKEN, TtSystem.APPLICATION, Grant.WRITE);
    repository.commit("main", "chore: start", "src/app.py", "1");
    repository.tag("v1.2.3");
    repository.commit("main", "fix: the login", "src/app.py", "2");
    cloud
        .ssm()
        .machine(TtSystem.MACHINE)
        .tag("Name", "TT-ec2-1")
        .then(State.ended(0, "Container tt_backend  Started\n"));
    String host = wire.before("registry", URI.create("http://" + registry.host())).getAuthority();
    End end =
        new End(
            List.of(
                () -> Holdings.registry(host, TtSystem.IMAGES),
                () -> RepositoryText.of(repository),
                () -> Holdings.scripts(cloud.ssm())),
            () -> cloud.ssm().commands().size());
    return new World(
        wire, folders, step(host), end, List.of(cloud::close, registry::close, gitHub::close));
  }

  private ContainerStep step(String host) {
    URI api = wire.before("GitHub", gitHub.apiUrl());
    return new TtSystem(folders, repository, api, host)
        .step()
        .withVariable("INPUT_AWS-ENDPOINT-URL", wire.before("AWS", cloud.endpoint()).toString());
  }
}
