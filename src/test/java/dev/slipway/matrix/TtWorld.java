package dev.slipway.matrix;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.JobFolders;
import dev.slipway.matrix.World.End;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeAws;
import dev.slipway.sandbox.FakeEcr;
import dev.slipway.sandbox.FakeGitHub;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeMachine.State;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.RepositoryText;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.WorkflowFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// System S5: a release, an image to a registry, and a script on a machine.
final class TtWorld {
  private static final String REPOSITORY = "TT-Team/tt_backend";
  private static final String IMAGES = "chehyeon-kim23/tt_backend";

  private final JobFolders folders;
  private final FakeGitHub gitHub = FakeGitHub.start();
  private final RegistryServer registry = RegistryServer.withLogin();
  private final FakeAws cloud = FakeAws.start();
  private final FakeRepository repository = gitHub.repository(REPOSITORY);
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
    gitHub.grant(Canaries.GITOPS_TOKEN, REPOSITORY, Grant.CONTENTS);
    repository.commit("main", "chore: start", "src/app.py", "1");
    repository.tag("v1.2.3");
    repository.commit("main", "fix: the login", "src/app.py", "2");
    cloud
        .ssm()
        .machine("i-0123456789abcdef0")
        .tag("Name", "TT-ec2-1")
        .then(State.ended(0, "Container tt_backend  Started\n"));
    String host = wire.before("registry", URI.create("http://" + registry.host())).getAuthority();
    End end =
        new End(
            List.of(
                () -> Holdings.registry(host, IMAGES),
                () -> RepositoryText.of(repository),
                () -> Holdings.scripts(cloud.ssm())),
            () -> cloud.ssm().commands().size());
    return new World(
        wire, folders, step(host), end, List.of(cloud::close, registry::close, gitHub::close));
  }

  private ContainerStep step(String host) {
    Map<String, String> environment =
        new LinkedHashMap<>(
            WorkflowFile.read(Path.of("test-fixtures/workflows/s5-tt.yml"))
                .environment(
                    Map.of(
                        "github.token", Canaries.GITHUB_TOKEN,
                        "github.workspace", folders.workspace().toString(),
                        "secrets.AWS_ACCESS_KEY_ID", FakeEcr.KEY_ID,
                        "secrets.AWS_SECRET_ACCESS_KEY", FakeEcr.SECRET_KEY,
                        "secrets.GHCR_TOKEN", RegistryServer.PASSWORD,
                        "secrets.RELEASE_TOKEN", Canaries.GITOPS_TOKEN)));
    environment.put("INPUT_AWS-ENDPOINT-URL", wire.before("AWS", cloud.endpoint()).toString());
    environment.put("INPUT_REGISTRY", host);
    environment.put("INPUT_REGISTRY-USERNAME", "slipway");
    environment.put("GITHUB_API_URL", wire.before("GitHub", gitHub.apiUrl()).toString());
    environment.put("GITHUB_REPOSITORY", REPOSITORY);
    environment.put("GITHUB_SHA", repository.head("main"));
    environment.put("GITHUB_REF", "refs/heads/develop");
    environment.put("GITHUB_REF_NAME", "develop");
    return ContainerStep.with(environment);
  }
}
