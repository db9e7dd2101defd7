package dev.slipway.run;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.JobFolders;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeGitHub;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.TtSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Runs of system S5's step on a repository that was released as 1.2.3.
abstract class ReleaseStory {
  @TempDir private Path folder;
  final FakeGitHub gitHub = FakeGitHub.start();
  final RegistryServer registry = RegistryServer.withLogin();
  final FakeRepository repository = gitHub.repository(TtSystem.APPLICATION);
  private JobFolders folders;

  @BeforeEach
  void start() throws IOException {
    folders = JobFolders.in(folder);
    gitHub.grant(Canaries.GITOPS_TOKEN, TtSystem.APPLICATION, Grant.WRITE);
    commit("chore: start");
    repository.tag("v1.2.3");
    Files.copy(
        new SampleImages(folders.temp(), "backend").ociArchive().path(),
        folders.workspace().resolve("backend.tar"));
  }

  @AfterEach
  void close() {
    registry.close();
    gitHub.close();
  }

  String commit(String message) {
    return repository.commit("main", message, "src/app.py", message);
  }

  /// How it is deployed, another test shows.
  ContainerStep step() {
    return new TtSystem(folders, repository, gitHub.apiUrl(), registry.host())
        .step()
        .withVariable("INPUT_SSM-TARGETS", "")
        .withVariable("INPUT_SSM-SCRIPT", "");
  }

  StepResult run(ContainerStep step) {
    StepResult result = new ProcessRunner(folders).run(step);
    Canaries.assertAbsentFrom(result.shown() + result.outputs() + result.summary());
    repository.releases().forEach(release -> Canaries.assertAbsentFrom(release.body()));
    return result;
  }

  Optional<String> digestInRegistry(String tag) {
    return registry.digest(TtSystem.IMAGES, tag);
  }
}
