package dev.slipway.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.slipway.image.Attestations;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Tag;
import dev.slipway.problem.ActionException;
import dev.slipway.registry.archive.FileImageArchives;
import dev.slipway.sandbox.ImageLayout;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.TarWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Archives made to deceive or to exhaust: the push ends with one clear error, and the registry was
/// not spoken to.
class HostileArchivePushTest {
  private static final SampleImages SAMPLES = new SampleImages(Path.of(""), "hello");
  private static final byte[] LAYER = SAMPLES.layers("amd64").getFirst();

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource
  void sendsNothing(byte[] archive, String reason) throws IOException {
    assertRefused(Files.write(folder.resolve("image.tar"), archive), reason);
  }

  static Stream<Arguments> sendsNothing() {
    return Stream.of(
        argumentSet(
            "traversal",
            new TarWriter().file("../layer.tar", "x").bytes(),
            "is not a safe archive"),
        argumentSet(
            "absolute name",
            new TarWriter().file("/etc/cron.d/x", "x").bytes(),
            "is not a safe archive"),
        argumentSet(
            "device", new TarWriter().entry('3', "tty", "", 0, new byte[0]).bytes(), "a device"),
        argumentSet(
            "symbolic link out",
            new TarWriter().symbolicLink("a", "/proc/self/environ").bytes(),
            "leads out of the archive"),
        argumentSet(
            "hard link out",
            new TarWriter().hardLink("a", "/proc/self/environ").bytes(),
            "leads out of the archive"),
        argumentSet(
            "links in a circle",
            new TarWriter()
                .symbolicLink("manifest.json", "b")
                .symbolicLink("b", "manifest.json")
                .bytes(),
            "never reach a file"),
        argumentSet(
            "an entry twice",
            new TarWriter().file("manifest.json", "[]").file("./manifest.json", "[]").bytes(),
            "twice"),
        argumentSet("100,001 entries", entries(100_001), "more than 100,000 entries"),
        argumentSet("cut off", cut(), "cut off"),
        argumentSet("wrong digest", changed(), "should have the digest"),
        argumentSet("bomb around the archive", bomb(), "grows from"),
        argumentSet("bomb of a layer", layerBomb(), "grows from"),
        argumentSet("wrong diff_id", wrongDiffId(), "has the diff_id"));
  }

  @Test
  void sendsNothingOfAFolderWithALinkOutOfIt() throws IOException {
    Path layout = Files.createDirectory(folder.resolve("layout"));
    Files.createSymbolicLink(layout.resolve("index.json"), Path.of("/proc/self/environ"));

    assertRefused(
        new ImageSource.OciFolder("oci:layout", layout.toRealPath(), Optional.empty()),
        "is not a safe folder");
  }

  private void assertRefused(Path archive, String reason) throws IOException {
    assertRefused(new ImageSource.Archive("image.tar", archive), reason);
  }

  private static void assertRefused(ImageSource.Local source, String reason) throws IOException {
    try (RegistryServer server = RegistryServer.small();
        PushSandbox sandbox = new PushSandbox(server);
        FileImageArchives archives =
            new FileImageArchives(Attestations.KEEP, PushSandbox.NO_BUILDER)) {
      String host = sandbox.proxy.host();
      JibImageRegistry run =
          sandbox.run(new OtherRegistry(host, Optional.empty()), _ -> archives.open(source));

      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(() -> run.push(source, new ImageName(host, "a"), List.of(new Tag("1"))))
          .withMessageContaining(reason)
          .satisfies(refused -> assertThat(refused.problems()).hasSize(1));
      assertThat(sandbox.proxy.requests()).isEmpty();
    }
  }

  private static byte[] entries(int count) {
    TarWriter tar = new TarWriter();
    for (int i = 0; i < count; i++) {
      tar.file("f" + i, "");
    }
    return tar.bytes();
  }

  private static byte[] cut() {
    byte[] whole = layout();
    return Arrays.copyOf(whole, whole.length / 2);
  }

  private static byte[] layout() {
    ImageLayout layout = new ImageLayout();
    return layout.contents(SAMPLES.image(layout, "amd64", "")).tar();
  }

  private static byte[] changed() {
    ImageLayout layout = new ImageLayout();
    byte[] layer = SampleImages.gzip(LAYER);
    byte[] other = layer.clone();
    other[other.length - 1] ^= 1;
    String image = SAMPLES.image(layout, "amd64", "");
    return layout
        .contents(image)
        .file("blobs/sha256/" + ImageLayout.digest(layer).hex(), other)
        .tar();
  }

  private static byte[] bomb() {
    byte[] zeros = SampleImages.gzip(new byte[60 << 20]);
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    for (int i = 0; i < 5; i++) {
      bomb.writeBytes(zeros);
    }
    return bomb.toByteArray();
  }

  private static byte[] layerBomb() {
    return docker(bomb());
  }

  private static byte[] wrongDiffId() {
    return docker("another layer".getBytes(UTF_8));
  }

  /// A docker archive whose config means another layer.
  private static byte[] docker(byte[] layer) {
    byte[] config = ImageLayout.config("linux", "amd64", List.of(ImageLayout.digest(LAYER)));
    return new TarWriter()
        .file("c.json", config)
        .file("0.tar", layer)
        .file("manifest.json", "[{\"Config\":\"c.json\",\"Layers\":[\"0.tar\"]}]")
        .bytes();
  }
}
