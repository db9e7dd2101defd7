package dev.slipway.registry.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Platform;
import dev.slipway.problem.ActionException;
import dev.slipway.registry.ImageContent;
import dev.slipway.registry.ImageContent.Source;
import dev.slipway.sandbox.ImageLayout;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.SampleImages.Sample;
import dev.slipway.sandbox.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Images without a manifest of their own: one is made, and raw layers are compressed.
class DockerArchivesTest extends ArchiveTest {
  private static final byte[] ZSTD = HexFormat.of().parseHex("28b52ffd24010900006199e9d8d1");

  private SampleImages samples;

  @BeforeEach
  void samples() {
    samples = new SampleImages(folder, "hello");
  }

  @Test
  void compressesRawLayers() throws IOException {
    Sample sample = samples.dockerArchive();

    Summary summary = archives.inspect(archive(sample.path()));
    Pushed pushed = push(archive(sample.path()));

    assertThat(summary.format()).isEqualTo("docker archive");
    assertThat(summary.digest()).isEmpty();
    assertThat(summary.platforms()).containsExactly(new Platform("linux", "amd64", ""));
    assertThat(summary.layers()).isEqualTo(2);
    assertImage(pushed);
  }

  @Test
  void compressesTheRawLayersOfADockerArchiveWithLayout() throws IOException {
    Sample sample = samples.dockerArchiveWithLayout();

    Summary summary = archives.inspect(archive(sample.path()));
    Pushed pushed = push(archive(sample.path()));

    assertThat(summary.format()).isEqualTo("docker archive (OCI layout)");
    assertThat(summary.digest()).isEmpty();
    assertImage(pushed);
  }

  @Test
  void pushesTheSameImageFromEveryFormOfDockerArchive() throws IOException {
    Pushed classic = push(archive(samples.dockerArchive().path()));
    Pushed layout = push(archive(samples.dockerArchiveWithLayout().path()));
    Pushed gzipped = push(archive(samples.gzipped(samples.dockerArchive()).path()));

    assertThat(layout.manifests()).isEqualTo(classic.manifests());
    assertThat(gzipped.manifests()).isEqualTo(classic.manifests());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "[{\"mediaType\":\"a/b\",\"digest\":\"%1$s\",\"size\":1}]"})
  void trustsManifestJsonWhereTheLayoutIsMadeUp(String manifests) throws IOException {
    Path path = samples.dockerArchiveWithLayout().path();
    Path changed = folder.resolve("made-up.tar");
    ImageLayout layout = new ImageLayout();
    samples.layers("amd64").forEach(layer -> layout.add(ImageLayout.LAYER, layer));
    layout.add(ImageLayout.CONFIG, samples.config("amd64"));
    layout
        .file(
            "index.json",
            ("{\"schemaVersion\":2,\"manifests\":" + manifests + "}")
                .formatted(ImageLayout.digest(new byte[0]))
                .getBytes(UTF_8))
        .file("manifest.json", manifestJson(path))
        .writeTo(changed);

    Pushed pushed = push(archive(changed));

    assertImage(pushed);
  }

  @Test
  void keepsCompressedLayersAsTheyAre() throws IOException {
    byte[] first = samples.layers("amd64").getFirst();
    byte[] second = samples.layers("amd64").get(1);
    byte[] gzip = SampleImages.gzip(second);
    byte[] config =
        ImageLayout.config(
            "linux",
            "arm64",
            List.of(
                ImageLayout.digest(first),
                ImageLayout.digest(second),
                ImageLayout.digest("packed".getBytes(UTF_8))));
    Path path = dockerTar(config, List.of(first, gzip, ZSTD));

    Pushed pushed = push(archive(path));

    JsonNode layers = json(pushed.root()).path("layers");
    assertThat(pushed.blobs()).containsKeys(ImageLayout.digest(gzip), ImageLayout.digest(ZSTD));
    assertThat(layers.findValuesAsText("mediaType"))
        .containsExactly(
            ImageLayout.LAYER + "+gzip", ImageLayout.LAYER + "+gzip", ImageLayout.LAYER + "+zstd");
  }

  @Test
  void knowsTheDigestAtOnceWhenNothingHasToBeCompressed() throws IOException {
    byte[] layer = samples.layers("amd64").getFirst();
    byte[] config = ImageLayout.config("linux", "amd64", List.of(ImageLayout.digest(layer)));
    Path path = dockerTar(config, List.of(SampleImages.gzip(layer)));

    Summary summary = archives.inspect(archive(path));
    Pushed pushed = push(archive(path));

    assertThat(summary.digest()).contains(pushed.manifests().getFirst().digest());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesALayerThatIsNotTheOneOfTheConfig(boolean compressed) throws IOException {
    byte[] layer = samples.layers("amd64").getFirst();
    byte[] config = ImageLayout.config("linux", "amd64", List.of(ImageLayout.digest(ZSTD)));
    Path path = dockerTar(config, List.of(compressed ? SampleImages.gzip(layer) : layer));

    assertThatExceptionOfType(ActionException.class)
        .isThrownBy(() -> archives.inspect(archive(path)))
        .withMessageContaining("`dist/own.tar` is damaged")
        .withMessageContaining("the layer `0.tar` has the diff_id " + ImageLayout.digest(ZSTD))
        .withMessageContaining(ImageLayout.digest(layer).value());
  }

  @Test
  void refusesALayerThatChangesAfterTheCheck() throws IOException {
    byte[] layer = samples.layers("amd64").getFirst();
    byte[] config = ImageLayout.config("linux", "amd64", List.of(ImageLayout.digest(layer)));
    Path path = dockerTar(config, List.of(layer));
    archives.inspect(archive(path));
    dockerTar(config, List.of(new byte[layer.length]));

    try (ImageContent content = archives.open(archive(path))) {
      Source last = content.blobs().getLast();

      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(last::finish)
          .withMessageContaining("the layer `0.tar` has the diff_id");
    }
  }

  @Test
  void leavesNothingBehind() throws IOException {
    Path path = samples.gzipped(samples.dockerArchive()).path();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));

    push(archive(path));

    try (var files = Files.list(temporary)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("slipway-archive-")))
          .filteredOn(Files::exists)
          .isEmpty();
    }
  }

  @Test
  void namesTheOtherPrefixWhenTheFormatIsAnother() {
    ImageSource.Local oci =
        new ImageSource.OciArchive("oci-archive:a.tar", samples.dockerArchive().path());
    ImageSource.Local docker =
        new ImageSource.DockerArchive("docker-archive:a.tar", samples.ociArchive().path());

    assertThatExceptionOfType(ActionException.class)
        .isThrownBy(() -> archives.inspect(oci))
        .withMessageContaining("`oci-archive:a.tar` is not an OCI archive")
        .satisfies(e -> assertThat(e.problems().getFirst().fix()).contains("`docker-archive:`"));
    assertThatExceptionOfType(ActionException.class)
        .isThrownBy(() -> archives.inspect(docker))
        .withMessageContaining("`docker-archive:a.tar` is not a docker archive")
        .satisfies(e -> assertThat(e.problems().getFirst().fix()).contains("`oci-archive:`"));
  }

  private void assertImage(Pushed pushed) throws IOException {
    JsonNode manifest = json(pushed.root());
    List<byte[]> layers = new ArrayList<>();
    for (JsonNode layer : manifest.path("layers")) {
      assertThat(layer.path("mediaType").asText()).isEqualTo(ImageLayout.LAYER + "+gzip");
      byte[] blob = pushed.blobs().get(new Digest(layer.path("digest").asText()));
      assertThat(blob).hasSize(layer.path("size").asInt());
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(blob))) {
        layers.add(in.readAllBytes());
      }
    }
    byte[] config = samples.config("amd64");
    assertThat(manifest.path("mediaType").asText()).isEqualTo(ImageLayout.MANIFEST);
    assertThat(manifest.path("config").toString())
        .isEqualTo(ImageLayout.describe(ImageLayout.CONFIG, config, ""));
    assertThat(pushed.blobs()).hasSize(3).containsEntry(ImageLayout.digest(config), config);
    assertThat(layers).containsExactlyElementsOf(samples.layers("amd64"));
    assertThat(pushed.manifests().getLast().digest())
        .isEqualTo(ImageLayout.digest(pushed.root().getBytes(UTF_8)));
  }

  private Path dockerTar(byte[] config, List<byte[]> layers) throws IOException {
    TarWriter tar = new TarWriter().file("config.json", config);
    List<String> names = new ArrayList<>();
    for (byte[] layer : layers) {
      names.add("\"%d.tar\"".formatted(names.size()));
      tar.file("%d.tar".formatted(names.size() - 1), layer);
    }
    tar.file("manifest.json", "[{\"Config\":\"config.json\",\"Layers\":%s}]".formatted(names));
    return Files.write(folder.resolve("own.tar"), tar.bytes());
  }

  private static byte[] manifestJson(Path archive) throws IOException {
    try (var channel = FileChannel.open(archive)) {
      return TarScan.index(Slice.of(channel)).required("manifest.json").head(Limits.DOCUMENT);
    }
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
