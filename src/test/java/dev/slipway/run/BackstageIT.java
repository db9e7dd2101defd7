package dev.slipway.run;

import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.container.JarRunner;
import dev.slipway.container.JobFolders;
import dev.slipway.container.StepResult;
import dev.slipway.container.StepRunner;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.SampleImages.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// System S1 by `java -jar target/slipway.jar`.
class BackstageIT extends BackstageContract {
  private static final Path SKOPEO = Path.of("/usr/bin/skopeo");

  @Override
  StepRunner runner(JobFolders folders) {
    return new JarRunner(Path.of("target/slipway.jar"), folders);
  }

  @Test
  void skopeoSeesTheArchivesOwnDigest() throws Exception {
    assumeTrue(Files.isExecutable(SKOPEO), "skopeo is installed");
    Sample image = deliver(samples().ociArchiveWithAttestations());

    StepResult result = run(sandbox().step());

    assertGreen(result);
    assertThat(inspect(result.outputs().get("image")))
        .isEqualTo(image.digest().orElseThrow().value());
  }

  private static String inspect(String image) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            SKOPEO.toString(),
            "inspect",
            "--tls-verify=false",
            "--creds",
            "AWS:" + RegistryServer.PASSWORD,
            "--override-os=linux",
            "--override-arch=amd64",
            "--format={{.Digest}}",
            "docker://" + image);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }
}
