package dev.slipway.registry.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Platform;
import dev.slipway.registry.ImageContent;
import dev.slipway.registry.ImageContent.Bytes;
import dev.slipway.registry.ImageContent.Manifest;
import dev.slipway.sandbox.ImageLayout;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.SampleImages.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Images that lie ready in the archive: pushed byte for byte.
class FinishedImagesTest extends ArchiveTest {
  private static final Platform AMD64 = new Platform("linux", "amd64", "");
  private static final Platform ARM64 = new Platform("linux", "arm64", "v8");

  private SampleImages samples;

  @BeforeEach
  void samples() {
    samples = new SampleImages(folder, "hello");
  }

  @Test
  void pushesAnOciArchiveVerbatim() throws IOException {
    Sample sample = samples.ociArchive();

    Summary summary = archives.inspect(archive(sample.path()));
    Pushed pushed = push(archive(sample.path()));

    assertThat(summary.format()).isEqualTo("OCI archive");
    assertThat(summary.digest()).isEqualTo(sample.digest());
    assertThat(summary.platforms()).containsExactly(AMD64);
    assertThat(summary.layers()).isEqualTo(2);
    assertThat(summary.bytes())
        .isEqualTo(pushed.blobs().values().stream().mapToLong(blob -> blob.length).sum());
    assertThat(pushed.blobs()).containsOnlyKeys(sample.blobs());
    assertVerbatim(pushed, sample.digest());
  }

  @Test
  void keepsAllPlatformsAndAttestations() throws IOException {
    Sample sample = samples.ociArchiveWithAttestations();

    Summary summary = archives.inspect(archive(sample.path()));
    Pushed pushed = push(archive(sample.path()));

    assertThat(summary.platforms()).containsExactly(AMD64, ARM64);
    assertThat(summary.layers()).isEqualTo(3);
    assertThat(pushed.blobs()).containsKeys(sample.blobs().toArray(Digest[]::new)).hasSize(9);
    assertThat(pushed.manifests())
        .extracting(Manifest::mediaType)
        .containsExactly(
            ImageLayout.MANIFEST,
            ImageLayout.MANIFEST,
            ImageLayout.MANIFEST,
            ImageLayout.MANIFEST,
            ImageLayout.INDEX);
    assertVerbatim(pushed, sample.digest());
  }

  @Test
  void pushesWhatAnEngineWithTheContainerdStoreSavedVerbatim() throws IOException {
    Sample sample = samples.dockerArchiveOfContainerdStore();

    Summary summary = archives.inspect(archive(sample.path()));
    Pushed pushed = push(archive(sample.path()));

    assertThat(summary.format()).isEqualTo("docker archive (OCI layout)");
    assertThat(summary.digest()).isEqualTo(sample.digest());
    assertVerbatim(pushed, sample.digest());
  }

  @Test
  void takesALayoutWithRawLayersAsItIsWhenAskedForAnOciArchive() throws IOException {
    Path path = samples.dockerArchiveWithLayout().path();
    ImageSource.Local source = new ImageSource.OciArchive("oci-archive:image.tar", path);

    Optional<Digest> digest = archives.inspect(source).digest();
    Pushed pushed = push(source);

    assertThat(pushed.root()).contains("\"" + ImageLayout.LAYER + "\"");
    assertVerbatim(pushed, digest);
  }

  @Test
  void unpacksGzipAroundTheArchive() throws IOException {
    Sample sample = samples.gzipped(samples.ociArchive());

    Pushed pushed = push(archive(sample.path()));

    assertThat(pushed.blobs()).containsOnlyKeys(sample.blobs());
    assertVerbatim(pushed, sample.digest());
  }

  @Test
  void countsSeveralNamesOfOneImageAsOne() throws IOException {
    ImageLayout layout = new ImageLayout();
    String image = samples.image(layout, "amd64", "");
    layout.contents(
        image.replace("}", ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"1\"}}"),
        image.replace("}", ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"2\"}}"));
    Path path = layout.writeTo(folder.resolve("names.tar"));

    Pushed pushed = push(archive(path));

    assertVerbatim(pushed, Optional.of(ImageLayout.digestIn(image)));
  }

  @Test
  void reachesThroughNestedIndexesAndSendsWhatIsListedTwiceOnce() throws IOException {
    ImageLayout layout = new ImageLayout();
    String image = samples.image(layout, "amd64", "");
    String inner = layout.addIndex(List.of(image, image), "");
    String middle = layout.addIndex(List.of(inner, image), "");
    String outer = layout.addIndex(List.of(middle), "");
    Path path = layout.contents(outer).writeTo(folder.resolve("nested.tar"));

    Pushed pushed = push(archive(path));

    assertThat(pushed.manifests())
        .extracting(Manifest::digest)
        .containsExactly(
            ImageLayout.digestIn(image),
            ImageLayout.digestIn(inner),
            ImageLayout.digestIn(middle),
            ImageLayout.digestIn(outer));
    assertThat(archives.inspect(archive(path)).platforms()).containsExactly(AMD64);
  }

  @Test
  void acceptsFieldsThatItDoesNotKnow() throws IOException {
    ImageLayout layout = new ImageLayout();
    String image =
        samples.image(layout, "amd64", ",\"artifactType\":\"a/b\",\"data\":\"eyJ9\",\"urls\":[]");
    Path path = layout.contents(image).writeTo(folder.resolve("fields.tar"));

    Pushed pushed = push(archive(path));

    assertVerbatim(pushed, Optional.of(ImageLayout.digestIn(image)));
  }

  @Test
  void acceptsDockersMediaTypes() throws IOException {
    ImageLayout layout = new ImageLayout();
    byte[] layer = samples.layers("amd64").getFirst();
    byte[] config = ImageLayout.config("linux", "amd64", List.of(ImageLayout.digest(layer)));
    byte[] manifest =
        "{\"schemaVersion\": 2, \"config\": %s,\n \"layers\": [%s]}"
            .formatted(
                layout.add("application/vnd.docker.container.image.v1+json", config),
                layout.add(
                    "application/vnd.docker.image.rootfs.diff.tar.gzip", SampleImages.gzip(layer)))
            .getBytes(UTF_8);
    String image = layout.add("application/vnd.docker.distribution.manifest.v2+json", manifest);
    Path path = layout.contents(image).writeTo(folder.resolve("docker-types.tar"));

    Pushed pushed = push(archive(path));

    assertThat(archives.inspect(archive(path)).platforms()).containsExactly(AMD64);
    assertVerbatim(pushed, Optional.of(ImageLayout.digestIn(image)));
  }

  @Test
  void readsABlobManyTimesAtOnce() throws IOException {
    Sample sample = samples.ociArchive();

    try (ImageContent content = archives.open(archive(sample.path()))) {
      Bytes bytes = content.blobs().getLast().finish().bytes();
      try (InputStream first = bytes.open();
          InputStream second = bytes.open()) {
        byte[] start = first.readNBytes(100);
        byte[] whole = second.readAllBytes();
        byte[] rest = first.readAllBytes();

        assertThat(whole).startsWith(start).endsWith(rest).hasSize(100 + rest.length);
      }
    }
  }

  @Test
  void pushesWhatWasPlannedWhenTheFileIsReplacedMeanwhile() throws IOException {
    Sample sample = samples.ociArchive();
    archives.inspect(archive(sample.path()));
    Files.delete(sample.path());
    new SampleImages(folder, "something else").ociArchive();

    Pushed pushed = push(archive(sample.path()));

    assertVerbatim(pushed, sample.digest());
  }

  @Test
  void failsWhenTheFileIsCutMeanwhile() throws IOException {
    Sample sample = samples.ociArchive();
    archives.inspect(archive(sample.path()));
    Files.write(sample.path(), new byte[10]);

    assertThatIOException()
        .isThrownBy(() -> push(archive(sample.path())))
        .withMessage("the file became shorter while it was read");
  }

  private static void assertVerbatim(Pushed pushed, Optional<Digest> digest) {
    assertThat(digest).contains(pushed.manifests().getLast().digest());
    assertThat(pushed.manifests())
        .allSatisfy(manifest ->
            assertThat(ImageLayout.digest(manifest.content().bytes()))
                .isEqualTo(manifest.digest()));
    assertThat(pushed.blobs())
        .allSatisfy((claimed, blob) -> assertThat(ImageLayout.digest(blob)).isEqualTo(claimed));
  }
}
