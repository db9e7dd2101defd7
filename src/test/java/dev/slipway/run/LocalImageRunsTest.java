package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.ImageLayout;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs of system S1's step with images that are on the machine in other forms than an
/// archive.
class LocalImageRunsTest {
  @TempDir private Path folder;
  private Sandbox sandbox;

  @BeforeEach
  void start() {
    sandbox = Sandbox.start(ReplacedSystem.BACKSTAGE, folder);
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void pushesALayoutInTheRunnersTemporaryFolder() {
    ImageLayout layout = new ImageLayout();
    String image = new SampleImages(folder, "backstage").image(layout, "amd64", "");
    Path path = layout.contents(image).writeInto(sandbox.folders().temp().resolve("layout"));

    StepResult result = run(sandbox.step().withVariable("INPUT_IMAGE", "oci:" + path));

    assertThat(result.exitCode()).as("%s", result.log()).isZero();
    assertThat(result.log()).anyMatch(line -> line.contains("OCI layout, linux/amd64, 2 layers"));
    assertThat(result.outputs()).containsEntry("digest", ImageLayout.digestIn(image).value());
  }

  private StepResult run(ContainerStep step) {
    return new ProcessRunner(sandbox.folders()).run(step);
  }
}
