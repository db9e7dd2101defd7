package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeEcr;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.SampleImages.Sample;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs that deliver an image which a registry has already.
class CopyRunsTest {
  private static final String REPOSITORY = "backstage-already11";

  @TempDir private Path folder;
  private Sandbox sandbox;
  private Sample image;

  @BeforeEach
  void push() throws Exception {
    sandbox = Sandbox.start(ReplacedSystem.BACKSTAGE, folder);
    image = new SampleImages(sandbox.folders().temp(), "backstage").ociArchiveWithAttestations();
    Files.copy(image.path(), sandbox.folders().workspace().resolve("backstage.tar"));
    sandbox.ecr().add(REPOSITORY);
    sandbox.ecr().add("promoted");
    StepResult built = new ProcessRunner(sandbox.folders()).run(sandbox.step());
    assertThat(built.exitCode()).as("%s", built.log()).isZero();
    sandbox.registry().forget();
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void givesAnImageAnotherTagWithoutMovingALayer() {
    String digest = image.digest().orElseThrow().value();

    StepResult result = run(REPOSITORY + "@" + digest, REPOSITORY, "1.2.4");

    assertThat(result.exitCode()).as("%s", result.log()).isZero();
    assertThat(result.outputs()).containsEntry("digest", digest).containsEntry("tag", "1.2.4");
    assertThat(sandbox.registry().count("POST", "/blobs/")).isZero();
    assertThat(sandbox.registry().count("PUT", "/manifests/1.2.4")).isEqualTo(1);
    assertThat(sandbox.registry().count("PUT", "")).isEqualTo(1);
  }

  @Test
  void promotesAnImageToAnotherRepositoryByMounting() {
    String digest = image.digest().orElseThrow().value();

    StepResult result = run(REPOSITORY + "@" + digest, "promoted", "1.2.4");

    assertThat(result.exitCode()).as("%s", result.log()).isZero();
    assertThat(result.outputs()).containsEntry("digest", digest).containsEntry("changed", "true");
    assertThat(sandbox.registry().count("PUT", "/blobs/")).isZero();
    assertThat(sandbox.registry().count("PUT", "/promoted/manifests/")).isEqualTo(5);
    Canaries.assertAbsentFrom(result.outputs() + result.summary());
  }

  @Test
  void publishesAnImageInEcrPublic() {
    String digest = image.digest().orElseThrow().value();
    ContainerStep step =
        step(REPOSITORY + "@" + digest, FakeEcr.ALIAS + "/backstage", "1.2.4")
            .withVariable("INPUT_REGISTRY", "ecr-public")
            .withVariable("INPUT_CREATE-REPOSITORY", "true");

    StepResult result = new ProcessRunner(sandbox.folders()).run(step);

    assertThat(result.exitCode()).as("%s", result.log()).isZero();
    assertThat(result.outputs())
        .containsEntry("digest", digest)
        .containsEntry("repository", "acme/backstage");
    assertThat(sandbox.ecr().calls()).contains("public CreateRepository");
    Canaries.assertAbsentFrom(result.outputs() + result.summary());
  }

  private StepResult run(String source, String repository, String tag) {
    return new ProcessRunner(sandbox.folders()).run(step(source, repository, tag));
  }

  private ContainerStep step(String source, String repository, String tag) {
    return sandbox
        .step()
        .withVariable("INPUT_IMAGE", "docker://%s/%s".formatted(sandbox.registry().host(), source))
        .withVariable("INPUT_REPOSITORY", repository)
        .withVariable("INPUT_TAG", tag);
  }
}
