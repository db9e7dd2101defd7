package dev.slipway.registry.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.problem.ActionException;
import dev.slipway.sandbox.ImageLayout;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.SampleImages.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Valid archives with random damage: whatever comes out, it is either an image whose digests are
/// true, or an [ActionException]. `-Darchive.damages=10000` looks further.
class DamagedArchivesTest extends ArchiveTest {
  private static final int ROUNDS = Integer.getInteger("archive.damages", 150);

  @ParameterizedTest
  @MethodSource
  void survivesDamage(Function<SampleImages, Sample> kind) throws IOException {
    byte[] valid = Files.readAllBytes(kind.apply(new SampleImages(folder, "hello")).path());
    Random random = new Random(valid.length);

    for (int round = 0; round < ROUNDS; round++) {
      Path damaged = Files.write(folder.resolve("damaged.tar"), damage(valid, random));
      Assertions.assertTimeout(Duration.ofSeconds(20), () -> pushOrRefuse(damaged));
    }
  }

  static Stream<Arguments> survivesDamage() {
    return Stream.of(
        kind("OCI archive", SampleImages::ociArchive),
        kind("platforms", SampleImages::ociArchiveWithAttestations),
        kind("docker archive", SampleImages::dockerArchive),
        kind("docker archive with layout", SampleImages::dockerArchiveWithLayout),
        kind(
            "docker archive of the containerd store", SampleImages::dockerArchiveOfContainerdStore),
        kind("gzip", samples -> samples.gzipped(samples.dockerArchive())));
  }

  private static Arguments kind(String name, Function<SampleImages, Sample> kind) {
    return Arguments.argumentSet(name, kind);
  }

  private void pushOrRefuse(Path path) throws IOException {
    Pushed pushed;
    try {
      pushed = push(archive(path));
    } catch (ActionException refused) {
      assertThat(refused.problems()).hasSize(1);
      return;
    }
    pushed
        .blobs()
        .forEach((digest, blob) -> assertThat(ImageLayout.digest(blob)).isEqualTo(digest));
    assertThat(pushed.manifests())
        .allSatisfy(manifest ->
            assertThat(ImageLayout.digest(manifest.content().bytes()))
                .isEqualTo(manifest.digest()));
  }

  /// A few changed bytes, a piece cut off or out, or one piece over another.
  private static byte[] damage(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    int at = random.nextInt(bytes.length);
    int length = random.nextInt(Math.min(2048, bytes.length - at) + 1);
    switch (random.nextInt(5)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 2 ->
          System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
      case 3 -> Arrays.fill(bytes, at, at + length, (byte) random.nextInt(256));
      default -> {
        for (int i = 0; i < 8; i++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
      }
    }
    return bytes;
  }
}
