package dev.slipway.registry.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.slipway.image.ImageSource;
import dev.slipway.sandbox.TarWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TarScanTest {
  private static final byte[] SOME = "some content".getBytes(UTF_8);
  private static final String LONG = "a/".repeat(120) + "file";

  private static final ImageSource IMAGE =
      new ImageSource.Archive("image.tar", Path.of("image.tar"));

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource
  void findsFiles(String name, byte[] tar) throws IOException {
    Path file = Files.write(folder.resolve("image.tar"), tar);

    byte[] content = content(file, name);

    assertThat(content).isEqualTo(SOME);
  }

  static Stream<Arguments> findsFiles() {
    byte[] binarySize = {(byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12};
    return Stream.of(
        argumentSet("plain", "x", tar().file("x", SOME).bytes()),
        argumentSet("behind others", "x", tar().file("a", "1").file("x", SOME).bytes()),
        argumentSet("with ./ in front", "a/x", tar().folder("./a/").file("./a/x", SOME).bytes()),
        argumentSet("asked for with ./", "./a//x", tar().file("a/x", SOME).bytes()),
        argumentSet("with prefix", "a/b/x", tar().fileWithPrefix("a/b", "x", SOME).bytes()),
        argumentSet(
            "with an extended name",
            LONG,
            tar().extended(Map.of("path", LONG, "mtime", "1.5")).file("short", SOME).bytes()),
        argumentSet(
            "with an extended size",
            "x",
            tar().extended(Map.of("size", "12")).entry('0', "x", "", 0, SOME).bytes()),
        argumentSet(
            "with a name as GNU writes it", LONG, tar().gnuLong('L', LONG).file("x", SOME).bytes()),
        argumentSet(
            "with a binary size", "x", tar().fileWithBinarySize("x", binarySize, SOME).bytes()),
        argumentSet(
            "behind a global comment",
            "x",
            tar().extended('g', Map.of("comment", "0123")).file("x", SOME).bytes()),
        argumentSet(
            "through a symbolic link",
            "b/link",
            tar().file("a/x", SOME).symbolicLink("b/link", "../a/x").bytes()),
        argumentSet("through a hard link", "b", tar().file("a", SOME).hardLink("b", "./a").bytes()),
        argumentSet(
            "through links in any order",
            "c",
            tar().hardLink("c", "b").symbolicLink("b", "a").file("a", SOME).bytes()),
        argumentSet(
            "through a long link",
            "b",
            tar()
                .file("x", SOME)
                .gnuLong('K', "./".repeat(80) + "x")
                .symbolicLink("b", "y")
                .bytes()),
        argumentSet(
            "where a folder is there twice",
            "a/x",
            tar().folder("a").folder("a/").file("a/x", SOME).bytes()),
        argumentSet("without the mark at the end", "x", tar().file("x", SOME).bytesWithoutEnd()),
        argumentSet(
            "as the last thing, without padding",
            "x",
            Arrays.copyOf(tar().file("x", SOME).bytesWithoutEnd(), 512 + 12)),
        argumentSet(
            "before what follows the end",
            "x",
            tar().file("x", SOME).raw(new byte[1024]).raw(SOME).bytes()));
  }

  @ParameterizedTest
  @MethodSource
  void refuses(byte[] tar, String reason) throws IOException {
    Path file = Files.write(folder.resolve("image.tar"), tar);

    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> content(file, "x"))
        .satisfies(refused -> assertThat(refused.in(IMAGE).getMessage()).contains(reason));
  }

  static Stream<Arguments> refuses() {
    byte[] negative = new byte[12];
    Arrays.fill(negative, (byte) 0xff);
    byte[] overflowing = negative.clone();
    overflowing[0] = (byte) 0xbf;
    byte[] brokenSum = tar().file("a", "1").file("x", SOME).bytes();
    brokenSum[1024] ^= 1;
    return Stream.of(
        argumentSet("an absolute name", tar().file("/etc/x", SOME).bytes(), "`/etc/x` leads out"),
        argumentSet(
            "a climbing name", tar().file("a/../../x", SOME).bytes(), "`a/../../x` leads out"),
        argumentSet("a climbing folder", tar().folder("..").bytes(), "`..` leads out"),
        argumentSet(
            "a climbing extended name",
            tar().extended(Map.of("path", "../x")).file("x", SOME).bytes(),
            "`../x` leads out"),
        argumentSet(
            "a NUL in an extended name",
            tar().extended(Map.of("path", "x\0y")).file("x", SOME).bytes(),
            "`x?y` leads out"),
        argumentSet(
            "an absolute symbolic link",
            tar().symbolicLink("x", "/proc/self/environ").bytes(),
            "`/proc/self/environ` leads out"),
        argumentSet(
            "a climbing symbolic link",
            tar().symbolicLink("a/x", "../../x").bytes(),
            "`../../x` leads out"),
        argumentSet(
            "a climbing hard link", tar().hardLink("a/x", "../x").bytes(), "`../x` leads out"),
        argumentSet(
            "links in a circle",
            tar().symbolicLink("x", "y").hardLink("y", "x").bytes(),
            "The links from `x` never reach a file"),
        argumentSet("a link to itself", tar().symbolicLink("x", "x").bytes(), "never reach a file"),
        argumentSet("a folder for a file", tar().folder("x").bytes(), "`x` should be a file"),
        argumentSet("a file twice", tar().file("x", SOME).file("./x", "1").bytes(), "`x` twice"),
        argumentSet(
            "a link over a file",
            tar().file("x", SOME).symbolicLink("x", "y").bytes(),
            "`x` twice"),
        argumentSet("a device", tar().entry('3', "x", "", 0, new byte[0]).bytes(), "a device"),
        argumentSet(
            "a block device", tar().entry('4', "x", "", 0, new byte[0]).bytes(), "a device"),
        argumentSet("a pipe", tar().entry('6', "x", "", 0, new byte[0]).bytes(), "a named pipe"),
        argumentSet("a sparse file", tar().entry('S', "x", "", 0, new byte[0]).bytes(), "sparse"),
        argumentSet(
            "a sparse file in an extension",
            tar().extended(Map.of("GNU.sparse.major", "1")).file("x", SOME).bytes(),
            "sparse"),
        argumentSet(
            "an unknown type", tar().entry('Z', "x", "", 0, new byte[0]).bytes(), "of type `Z`"),
        argumentSet(
            "a link with content", tar().entry('1', "x", "y", 5, SOME).bytes(), "yet has content"),
        argumentSet("a broken checksum", brokenSum, "At byte 1,024 there should be a tar header"),
        argumentSet(
            "a negative size",
            tar().file("a", "1").fileWithBinarySize("x", negative, SOME).bytes(),
            "At byte 1,024"),
        argumentSet(
            "an overflowing size",
            tar().file("a", "1").fileWithBinarySize("x", overflowing, SOME).bytes(),
            "At byte 1,024"),
        argumentSet(
            "a size beyond the end",
            tar().entry('0', "x", "", Long.MAX_VALUE, SOME).bytes(),
            "It ends inside `x`"),
        argumentSet(
            "a cut file",
            Arrays.copyOf(tar().file("x", new byte[5000]).bytes(), 1512),
            "It ends inside `x`: 4,000 bytes are missing"),
        argumentSet(
            "a cut header",
            Arrays.copyOf(tar().file("a", SOME).file("x", SOME).bytes(), 1100),
            "It ends inside a header: 436 bytes are missing"),
        argumentSet(
            "an extension without an entry",
            tar().extended(Map.of("path", "x")).bytes(),
            "wrong or unexpected entry"),
        argumentSet(
            "a huge extension",
            tar().extended(Map.of("comment", "x".repeat(1 << 20))).file("x", SOME).bytes(),
            "wrong or unexpected size"),
        argumentSet(
            "an extension of nonsense",
            tar().entry('x', "p", "", 12, SOME).file("x", SOME).bytes(),
            "wrong or unexpected length"),
        argumentSet(
            "an extension with a wrong length",
            tar().entry('x', "p", "", 9, "9 path=x\n".getBytes(UTF_8)).bytes(),
            "wrong or unexpected entry"),
        argumentSet(
            "a negative extended size",
            tar().extended(Map.of("size", "-1")).file("x", SOME).bytes(),
            "wrong or unexpected size"),
        argumentSet(
            "a name for all entries",
            tar().extended('g', Map.of("path", "x")).file("y", SOME).bytes(),
            "wrong or unexpected global record"),
        argumentSet(
            "a name without measure",
            tar().gnuLong('L', "x".repeat(10_000)).file("y", SOME).bytes(),
            "A name is longer"),
        argumentSet("no tar file", "no tar file".repeat(1000).getBytes(UTF_8), "no tar header"),
        argumentSet("too little for a tar file", SOME, "no tar header"));
  }

  @Test
  void takesAHundredThousandEntriesAndNotOneMore() throws IOException {
    TarWriter tar = tar();
    for (int i = 0; i < Limits.ENTRIES; i++) {
      tar.file("%05d".formatted(i), "");
    }
    Path file = Files.write(folder.resolve("full.tar"), tar.bytes());
    Path overfull = Files.write(folder.resolve("overfull.tar"), tar.file("x", "").bytes());

    byte[] content = content(file, "99999");

    assertThat(content).isEmpty();
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> content(overfull, "x"))
        .satisfies(refused ->
            assertThat(refused.in(IMAGE).getMessage()).contains("more than 100,000 entries"));
  }

  private static TarWriter tar() {
    return new TarWriter();
  }

  private static byte[] content(Path file, String name) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      Slice found = TarScan.index(Slice.of(channel)).required(name);
      try (var in = found.open()) {
        return in.readAllBytes();
      }
    }
  }
}
