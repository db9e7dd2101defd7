package dev.slipway.registry.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.slipway.image.ImageSource;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.TarWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that are no tar archive at all.
class ArchiveFileTest extends ArchiveTest {
  @Test
  void namesTheArchivesBesideAMissingOne() throws IOException {
    Files.writeString(folder.resolve("other.tar"), "");
    Files.writeString(folder.resolve("app.tar.gz"), "");
    Files.writeString(folder.resolve("notes.txt"), "");

    Problem problem = problem(folder.resolve("image.tar"));

    assertThat(problem.what()).isEqualTo("`dist/image.tar` does not exist");
    assertThat(problem.why())
        .isEqualTo(
            "There is no file `%s`. Archives beside it: `app.tar.gz`, `other.tar`."
                .formatted(folder.resolve("image.tar")));
    assertThat(problem.fix()).contains("the workspace", "`runner.temp`", "not its `/tmp`");
  }

  @Test
  void saysWhichFolderIsThere() {
    Problem problem = problem(folder.resolve("a/b/image.tar"));

    assertThat(problem.why()).contains("of its folders, only `%s` exists".formatted(folder));
  }

  @Test
  void refusesAFolder() {
    Problem problem = problem(folder);

    assertThat(problem.what()).endsWith("is a folder");
    assertThat(problem.fix()).contains("write `oci:` before the path");
  }

  @Test
  void doesNotWaitForADevice() {
    Path device = Path.of("/dev/zero");
    assumeThat(device).exists();

    Problem problem = problem(device);

    assertThat(problem.what()).endsWith("is not a regular file");
  }

  @Test
  void saysHowToPackAnImageLayoutThatIsInAFolder() throws IOException {
    Path path =
        Files.write(
            folder.resolve("image.tar"),
            new TarWriter().folder("out").file("out/index.json", "{}").bytes());

    Problem problem = problem(path);

    assertThat(problem.fix()).contains("`tar -C out -cf image.tar .`");
  }

  @ParameterizedTest
  @MethodSource
  void recognisesByContent(String hex, String what) throws IOException {
    byte[] start = HexFormat.of().parseHex(hex);
    Path path = Files.write(folder.resolve("image.tar"), Arrays.copyOf(start, start.length * 100));

    Problem problem = problem(path);

    assertThat(problem.what()).isEqualTo("`dist/image.tar` " + what);
  }

  static Stream<Arguments> recognisesByContent() {
    return Stream.of(
        argumentSet("nothing", "", "is empty"),
        argumentSet("zip", "504b03041400", "is a zip or jar file"),
        argumentSet("zstd", "28b52ffd0458", "is compressed with zstd"),
        argumentSet("xz", "fd377a585a000004", "is compressed with xz"),
        argumentSet("bzip2", "425a683931415926", "is compressed with bzip2"),
        argumentSet("text", "68656c6c6f0a", "is not a tar archive"));
  }

  @Test
  void saysThatGzipIsCutOff() throws IOException {
    SampleImages samples = new SampleImages(folder, "hello");
    byte[] whole = Files.readAllBytes(samples.gzipped(samples.ociArchive()).path());
    Path cut = Files.write(folder.resolve("image.tar"), Arrays.copyOf(whole, whole.length - 9));

    Problem problem = problem(cut);

    assertThat(problem.what()).isEqualTo("`dist/image.tar` is damaged");
    assertThat(problem.why()).contains("it ends too early");
  }

  @Test
  void saysThatGzipIsDamaged() throws IOException {
    SampleImages samples = new SampleImages(folder, "hello");
    byte[] bytes = Files.readAllBytes(samples.gzipped(samples.ociArchive()).path());
    bytes[bytes.length - 6] ^= 1;
    Path damaged = Files.write(folder.resolve("image.tar"), bytes);

    Problem problem = problem(damaged);

    assertThat(problem.why()).contains("is compressed with gzip, which cannot be undone");
  }

  @Test
  void stopsUnpackingWhatGrowsWithoutMeasure() throws IOException {
    byte[] zeros = SampleImages.gzip(new byte[60 << 20]);
    Path bomb = folder.resolve("image.tar");
    for (int i = 0; i < 5; i++) {
      Files.write(bomb, zeros, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    Problem problem = problem(bomb);

    assertThat(problem.why()).contains("of gzip to more than 268,435,456 bytes");
  }

  private Problem problem(Path path) {
    ImageSource.Local source = new ImageSource.Archive("dist/image.tar", path);
    ActionException refused =
        catchThrowableOfType(ActionException.class, () -> archives.inspect(source));
    return refused.problems().getFirst();
  }
}
