package dev.slipway.matrix;

import dev.slipway.container.JobFolders;
import dev.slipway.matrix.World.End;
import dev.slipway.sandbox.AstragoSystem;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeArgoCd;
import dev.slipway.sandbox.FakeArgoCd.Reply;
import dev.slipway.sandbox.FakeGitHub;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.RepositoryText;
import dev.slipway.sandbox.SampleImages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// System S2: images to a registry, a commit to the deployment repository, and Argo CD.
final class AstragoWorlds {
  private final JobFolders folders;
  private final FakeGitHub gitHub = FakeGitHub.start();
  private final RegistryServer registry = RegistryServer.withLogin();
  private final FakeArgoCd argoCd = FakeArgoCd.start();
  private final Wire wire = new Wire();

  private AstragoWorlds(Path folder) {
    this.folders = JobFolders.in(folder);
  }

  /// Three images, four keys of two files.
  static World backend(Path folder) throws IOException {
    return new AstragoWorlds(folder)
        .world("s2-astrago", "xiilab/astrago-backend", List.of("core", "batch", "monitor"));
  }

  /// One image, one key.
  static World frontend(Path folder) throws IOException {
    return new AstragoWorlds(folder)
        .world("s2-astrago-frontend", "xiilab/astrago-frontend", List.of("frontend"));
  }

  private World world(String workflow, String repository, List<String> components)
      throws IOException {
    for (String component : components) {
      Files.copy(
          new SampleImages(folders.temp(), component).ociArchive().path(),
          folders.workspace().resolve(component + ".tar"));
    }
    String host = wire.before("registry", URI.create("http://" + registry.host())).getAuthority();
    AstragoSystem system = new AstragoSystem(gitHub, host).begun();
    FakeRepository deployment = system.deployment();
    FakeRepository application = gitHub.repository(repository).file("app", repository);
    gitHub
        .grant(Canaries.GITOPS_TOKEN, deployment.fullName(), Grant.CONTENTS)
        .grant(Canaries.GITHUB_TOKEN, repository, Grant.READ);
    argoCd.on(
        "GET astrago",
        () -> Reply.ok(system.application(deployment.head(AstragoSystem.BRANCH), true).text()));
    argoCd.on("managed-resources astrago", () -> Reply.ok(system.deployments()));
    End end =
        new End(
            List.of(
                () -> Holdings.registry(host, "xiilab/astrago"),
                () -> RepositoryText.of(application),
                () -> RepositoryText.of(deployment)),
            () -> 0);
    return new World(
        wire,
        folders,
        system
            .step(workflow, folders, application, wire.before("Argo CD", argoCd.uri()))
            .withVariable("GITHUB_API_URL", wire.before("GitHub", gitHub.apiUrl()).toString()),
        end,
        List.of(argoCd::close, registry::close, gitHub::close));
  }
}
