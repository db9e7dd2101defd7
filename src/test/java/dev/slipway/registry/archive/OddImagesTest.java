package dev.slipway.registry.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.image.Digest;
import dev.slipway.problem.ActionException;
import dev.slipway.sandbox.ImageLayout;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.TarWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Images as builders really write them, and other tools refuse or damage them.
class OddImagesTest extends ArchiveTest {
  private static final byte[] ZSTD = HexFormat.of().parseHex("28b52ffd24010900006199e9d8d1");
  private static final String FOREIGN = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";
  private static final String URLS = ",\"urls\":[\"https://example.com/base\"]";

  private final ImageLayout layout = new ImageLayout();
  private SampleImages samples;
  private byte[] layer = new byte[0];

  @BeforeEach
  void samples() {
    samples = new SampleImages(folder, "hello");
    layer = samples.layers("amd64").getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"config\":{\"Healthcheck\":{\"Test\":[\"NONE\"],\"StartInterval\":5000000000}}",
        "\"config\":{\"Env\":[\"A=one\\ntwo\",\"WITHOUT_EQUALS\"]}",
        "\"config\":{\"ExposedPorts\":{\"5000/sctp\":{},\"7000-7005/tcp\":{}},\"Volumes\":{\"data\":{}}}",
        "\"history\":null,\"created\":\"2025-01-01T00:00:00Z\",\"author\":\"a\",\"variant\":\"v1\"",
        "\"history\":[{\"created_by\":\"ADD\"},{\"created_by\":\"ENV\",\"empty_layer\":true}]",
        "\"config\":{\"StopSignal\":\"SIGQUIT\",\"Shell\":[\"/bin/ash\"],\"OnBuild\":[\"RUN x\"]}"
      })
  void keepsTheConfigByteForByte(String more) throws IOException {
    byte[] config =
        "{ \"os\":\"linux\",  %s,\"architecture\":\"amd64\",\"rootfs\":{\"diff_ids\":[\"%s\"]}}\n"
            .formatted(more, ImageLayout.digest(layer))
            .getBytes(UTF_8);
    Path path =
        written(
            new TarWriter()
                .file("c.json", config)
                .file("0.tar", layer)
                .file("manifest.json", "[{\"Config\":\"c.json\",\"Layers\":[\"0.tar\"]}]"));

    Pushed pushed = push(archive(path));

    assertThat(pushed.blobs()).containsEntry(ImageLayout.digest(config), config);
  }

  @Test
  void followsHardLinksBetweenEqualLayers() throws IOException {
    Digest diffId = ImageLayout.digest(layer);
    byte[] config = ImageLayout.config("linux", "amd64", List.of(diffId, diffId));
    Path path =
        written(
            new TarWriter()
                .file("c.json", config)
                .file("a/layer.tar", layer)
                .hardLink("b/layer.tar", "a/layer.tar")
                .file(
                    "manifest.json",
                    "[{\"Config\":\"c.json\",\"Layers\":[\"a/layer.tar\",\"b/layer.tar\"]}]"));

    Pushed pushed = push(archive(path));

    assertThat(pushed.blobs()).hasSize(2);
    assertThat(pushed.root().split("tar\\+gzip", -1)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null"})
  void pushesAnImageWithoutLayers(String layers) throws IOException {
    byte[] config = ImageLayout.config("linux", "amd64", List.of());
    Path path =
        written(
            new TarWriter()
                .file("c.json", config)
                .file(
                    "manifest.json", "[{\"Config\":\"c.json\",\"Layers\":%s}]".formatted(layers)));

    Pushed pushed = push(archive(path));

    assertThat(pushed.root()).contains("\"layers\":[]");
    assertThat(pushed.blobs()).containsOnlyKeys(ImageLayout.digest(config));
  }

  @Test
  void judgesTheCompressionOfEachLayerByItself() throws IOException {
    String config =
        layout.add(
            ImageLayout.CONFIG,
            ImageLayout.config(
                "linux",
                "amd64",
                List.of(
                    ImageLayout.digest(layer),
                    ImageLayout.digest(layer),
                    ImageLayout.digest(ZSTD))));
    String image =
        layout.addManifest(
            config,
            List.of(
                layout.add(ImageLayout.LAYER, layer),
                layout.add(ImageLayout.LAYER + "+gzip", SampleImages.gzip(layer)),
                layout.add(ImageLayout.LAYER + "+zstd", ZSTD)),
            "");
    Path path = layout.contents(image).writeTo(folder.resolve("mixed.tar"));

    Pushed pushed = push(archive(path));

    assertThat(pushed.manifests().getLast().digest()).isEqualTo(ImageLayout.digestIn(image));
    assertThat(pushed.blobs()).containsEntry(ImageLayout.digest(ZSTD), ZSTD).hasSize(4);
  }

  @Test
  void leavesForeignLayersWhereTheyAre() throws IOException {
    String image = withForeignLayer(URLS);
    Path path = layout.contents(image).writeTo(folder.resolve("foreign.tar"));

    Pushed pushed = push(archive(path));

    assertThat(pushed.manifests().getLast().digest()).isEqualTo(ImageLayout.digestIn(image));
    assertThat(pushed.blobs()).hasSize(2).doesNotContainKey(ImageLayout.digest(ZSTD));
  }

  @Test
  void missesAForeignLayerThatIsNowhere() {
    Path path = layout.contents(withForeignLayer("")).writeTo(folder.resolve("foreign.tar"));

    assertThatExceptionOfType(ActionException.class)
        .isThrownBy(() -> archives.inspect(archive(path)))
        .withMessageContaining("Missing: " + ImageLayout.digest(ZSTD));
  }

  private String withForeignLayer(String urls) {
    String config =
        layout.add(
            ImageLayout.CONFIG,
            ImageLayout.config(
                "windows", "amd64", List.of(ImageLayout.digest(ZSTD), ImageLayout.digest(layer))));
    return layout.addManifest(
        config,
        List.of(
            ImageLayout.describe(FOREIGN, ZSTD, urls),
            layout.add(ImageLayout.LAYER + "+gzip", SampleImages.gzip(layer))),
        "");
  }

  private Path written(TarWriter tar) throws IOException {
    return Files.write(folder.resolve("odd.tar"), tar.bytes());
  }
}
