package dev.slipway.registry.archive;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.sandbox.ImageLayout;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.SampleImages.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Archives that a program of others wrote.
class SkopeoTest extends ArchiveTest {
  private SampleImages samples;

  @BeforeEach
  void skopeoIsInstalled() throws Exception {
    assumeThat(run("sh", "-c", "command -v skopeo")).as("skopeo is installed").isZero();
    samples = new SampleImages(folder, "hello");
  }

  @Test
  void pushesItsOciArchiveVerbatim() throws Exception {
    Path copy = folder.resolve("copy.tar");
    skopeo("oci-archive:" + samples.ociArchive().path(), "oci-archive:" + copy + ":sample:1");

    Summary summary = archives.inspect(archive(copy));

    assertThat(summary.format()).isEqualTo("OCI archive");
    assertThat(summary.digest()).isEqualTo(samples.ociArchive().digest());
  }

  @Test
  void pushesItsArchiveOfAllPlatformsVerbatim() throws Exception {
    Sample sample = samples.ociArchiveWithAttestations();
    Path copy = folder.resolve("copy.tar");
    skopeo("--all", "oci-archive:" + sample.path(), "oci-archive:" + copy);

    Summary summary = archives.inspect(archive(copy));

    assertThat(summary.digest()).isEqualTo(sample.digest());
    assertThat(summary.platforms()).hasSize(2);
  }

  @Test
  void compressesTheLayersOfItsDockerArchive() throws Exception {
    Path copy = folder.resolve("copy.tar");
    skopeo(
        "docker-archive:" + samples.dockerArchive().path(), "docker-archive:" + copy + ":sample:1");

    Pushed pushed = push(archive(copy));

    assertThat(archives.inspect(archive(copy)).format()).isEqualTo("docker archive");
    assertThat(pushed.root()).contains(ImageLayout.LAYER + "+gzip");
  }

  @Test
  void makesAnImageThatItAccepts() throws Exception {
    Pushed pushed = push(archive(samples.dockerArchive().path()));
    ImageLayout layout = new ImageLayout();
    pushed.blobs().values().forEach(blob -> layout.add("", blob));
    byte[] manifest = pushed.manifests().getFirst().content().bytes();
    layout.contents(layout.add(ImageLayout.MANIFEST, manifest));
    Path made = layout.writeTo(folder.resolve("made.tar"));
    Path copy = Files.createDirectory(folder.resolve("copy"));

    int exit = skopeo("oci-archive:" + made, "docker-archive:" + copy.resolve("copy.tar"));

    Pushed back = push(archive(copy.resolve("copy.tar")));
    assertThat(exit).isZero();
    assertThat(back.blobs().keySet()).containsAll(pushed.blobs().keySet());
  }

  private static int skopeo(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("skopeo", "copy", "-q"));
    command.addAll(List.of(arguments));
    int exit = run(command.toArray(String[]::new));
    assertThat(exit).as(String.join(" ", command)).isZero();
    return exit;
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    return process.exitValue();
  }
}
