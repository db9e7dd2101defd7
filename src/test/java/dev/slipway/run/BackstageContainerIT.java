package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ActionImage;
import dev.slipway.container.JobFolders;
import dev.slipway.container.RunnerContract;
import dev.slipway.container.StepResult;
import dev.slipway.container.StepRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// System S1 by the image, started as a runner starts it.
@Tag("container")
class BackstageContainerIT extends BackstageContract {
  /// Who owns a workspace on a runner that does not run as root.
  private static final int RUNNER = 1001;

  @Override
  StepRunner runner(JobFolders folders) {
    return new RunnerContract(ActionImage.underTest(), folders);
  }

  @Test
  void pushesAnImageOfTheEngineThatTheRunnerMounts() throws Exception {
    ActionImage.docker("load", "--input", samples().dockerArchive().path().toString());

    StepResult result =
        run(sandbox().step().withVariable("INPUT_IMAGE", "docker-daemon:acme/sample:latest"));

    assertGreen(result);
    assertThat(digestInRegistry(result.outputs().get("tag")))
        .isEqualTo(result.outputs().get("digest"));
  }

  @Test
  void leavesNothingOfRootsInTheWorkspace() throws Exception {
    deliver(samples().dockerArchive());
    sandbox().folders().giveTo(RUNNER);

    StepResult result = run(sandbox().step());

    assertGreen(result);
    try (Stream<Path> files = Files.walk(sandbox().folders().workspace())) {
      assertThat(files)
          .allSatisfy(file -> assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(RUNNER));
    }
  }
}
