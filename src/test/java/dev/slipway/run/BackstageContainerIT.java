package dev.slipway.run;

import static dev.slipway.container.ActionImage.docker;
import static dev.slipway.sandbox.RegistryServer.PASSWORD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ActionImage;
import dev.slipway.container.JobFolders;
import dev.slipway.container.RunnerContract;
import dev.slipway.container.StepResult;
import dev.slipway.container.StepRunner;
import dev.slipway.registry.archive.Sha256;
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
    docker("load", "--input", samples().dockerArchive().path().toString());

    StepResult result =
        run(sandbox().step().withVariable("INPUT_IMAGE", "docker-daemon:acme/sample:latest"));

    assertGreen(result);
    assertThat(digestInRegistry(result.outputs().get("tag")))
        .isEqualTo(result.outputs().get("digest"));
  }

  /// The action's own image, for it is at hand and can be run.
  @Test
  void pushesAnImageThatAnEnginePullsAndRuns() throws Exception {
    String own = ActionImage.underTest().name();
    StepResult result = run(sandbox().step().withVariable("INPUT_IMAGE", "docker-daemon:" + own));
    assertGreen(result);
    String pushed = result.outputs().get("image");

    // A configuration of its own, so that no login is left behind.
    String config = "--config=" + sandbox().folders().temp().resolve("docker");
    String host = sandbox().registry().host();
    docker(config, "login", "--username=AWS", "--password=" + PASSWORD, host);
    docker(config, "pull", pushed);

    assertThat(idOf(pushed)).isEqualTo(idOf(own));
    assertThat(docker("run", "--rm", "--entrypoint=/opt/slipway/bin/java", pushed, "--version"))
        .startsWith("openjdk 25");
    docker("image", "rm", pushed);
  }

  @Test
  void pushesAnImageThatSkopeoCopiesBack() throws Exception {
    deliver(samples().ociArchive());
    StepResult result = run(sandbox().step());
    assertGreen(result);
    Path copy = sandbox().folders().temp().resolve("copy");

    Process skopeo =
        new ProcessBuilder(
                "skopeo",
                "copy",
                "--src-tls-verify=false",
                "--src-creds=AWS:" + PASSWORD,
                "docker://" + result.outputs().get("image"),
                "dir:" + copy)
            .redirectErrorStream(true)
            .start();
    String log = new String(skopeo.getInputStream().readAllBytes(), UTF_8);

    assertThat(skopeo.waitFor()).as(log).isZero();
    assertThat(Sha256.of(Files.readAllBytes(copy.resolve("manifest.json"))))
        .hasToString(result.outputs().get("digest"));
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

  private static String idOf(String image) {
    return docker("image", "inspect", "--format={{.Id}}", image);
  }
}
