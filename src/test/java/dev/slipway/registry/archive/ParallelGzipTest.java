package dev.slipway.registry.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.registry.archive.ParallelGzip.Compressed;
import dev.slipway.sandbox.ImageLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelGzipTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, GzipBlock.SIZE - 1, GzipBlock.SIZE, GzipBlock.SIZE + 1, 3 * GzipBlock.SIZE})
  void givesBackWhatItCompressed(int size) throws IOException {
    byte[] layer = words(size);

    byte[] compressed = compress(layer, 2);

    assertThat(gunzip(compressed)).isEqualTo(layer);
  }

  @Test
  void doesNotFailOnWhatCannotBeCompressed() throws IOException {
    byte[] noise = new byte[3 * GzipBlock.SIZE + 7];
    new Random(1).nextBytes(noise);

    byte[] compressed = compress(noise, 2);

    assertThat(gunzip(compressed)).isEqualTo(noise);
  }

  @Test
  void givesTheSameBytesHoweverManyThreadsThereAre() throws IOException {
    byte[] layer = words(9 * GzipBlock.SIZE + 17);

    byte[] one = compress(layer, 1);
    byte[] many = compress(layer, 7);

    assertThat(many).isEqualTo(one);
  }

  @Test
  void looksBackAcrossTheBordersOfItsPieces() throws IOException {
    byte[] noise = new byte[GzipBlock.SIZE + 16_384];
    new Random(2).nextBytes(noise);
    System.arraycopy(noise, GzipBlock.SIZE - 16_384, noise, GzipBlock.SIZE, 16_384);

    byte[] compressed = compress(noise, 2);

    assertThat(compressed).hasSizeLessThan(noise.length - 15_000);
  }

  @Test
  void writesTheHeaderThatEveryMachineWrites() throws IOException {
    byte[] compressed = compress(words(10), 1);

    assertThat(Arrays.copyOf(compressed, 10))
        .containsExactly(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
  }

  @Test
  void compressesManyLayersAtOnceWithTheMemoryOfFew() throws Exception {
    byte[] layer = words(2 * GzipBlock.SIZE);
    try (ExecutorService workers = Executors.newFixedThreadPool(2);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      ParallelGzip gzip = new ParallelGzip(workers, 2);
      List<Future<byte[]>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Path target = folder.resolve("layer-" + i);
        all.add(callers.submit(() -> compress(gzip, layer, target)));
      }

      byte[] first = all.getFirst().get();

      for (Future<byte[]> other : all) {
        assertThat(other.get()).isEqualTo(first);
      }
    }
  }

  private byte[] compress(byte[] layer, int threads) throws IOException {
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      return compress(
          new ParallelGzip(workers, threads), layer, folder.resolve("compressed-" + threads));
    }
  }

  private static byte[] compress(ParallelGzip gzip, byte[] layer, Path target) throws IOException {
    Path raw = Files.write(Path.of(target + ".raw"), layer);
    Files.createFile(target);
    try (FileChannel in = FileChannel.open(raw);
        FileChannel out =
            FileChannel.open(target, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      Compressed result = gzip.compress(Slice.of(in), out);
      byte[] written = Files.readAllBytes(target);
      assertThat(result.rawCrc32()).isEqualTo(crc32(layer));
      assertThat(result.blob().digest()).isEqualTo(ImageLayout.digest(written));
      assertThat(result.blob().size()).isEqualTo(written.length);
      return written;
    }
  }

  private static long crc32(byte[] bytes) {
    CRC32 crc32 = new CRC32();
    crc32.update(bytes);
    return crc32.getValue();
  }

  private static byte[] gunzip(byte[] compressed) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return in.readAllBytes();
    }
  }

  private static byte[] words(int size) {
    byte[] words = new byte[size];
    new Random(size).nextBytes(words);
    for (int i = 0; i < size; i++) {
      words[i] = (byte) ('a' + (words[i] & 3));
    }
    return words;
  }
}
