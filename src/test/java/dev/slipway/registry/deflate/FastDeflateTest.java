package dev.slipway.registry.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FastDeflateTest {
  private static final int STORED = 65_535;

  private final Random random = new Random(1);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 11, 12, 13, 20, 257, 258, 259, 261, STORED, STORED + 1, 200_000})
  void givesBackZeros(int size) throws DataFormatException {
    byte[] zeros = new byte[size];

    assertThat(inflated(deflated(zeros))).isEqualTo(zeros);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 4_096, STORED - 1, STORED, STORED + 1, 300_000})
  void givesBackNoiseAndHardlyGrowsIt(int size) throws DataFormatException {
    byte[] noise = noise(size);

    byte[] deflated = deflated(noise);

    assertThat(inflated(deflated)).isEqualTo(noise);
    assertThat(deflated).hasSizeLessThan(size + 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void givesBackWhateverItGets(int seed) throws DataFormatException {
    byte[] data = patchwork(new Random(seed));

    assertThat(inflated(deflated(data))).isEqualTo(data);
  }

  static Stream<Integer> seeds() {
    return IntStream.range(0, 300).boxed();
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void givesBackRepeatsOfEveryLength(int length) throws DataFormatException {
    byte[] data = noise(2_000);
    System.arraycopy(data, 100, data, 900, length);

    assertThat(inflated(deflated(data))).isEqualTo(data);
  }

  static Stream<Integer> lengths() {
    return IntStream.range(3, 530).boxed();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {1, 2, 3, 4, 5, 256, 257, 258, 384, 385, 4_097, 24_576, 24_577, 32_767, 32_768})
  void givesBackRepeatsAtEveryDistance(int distance) throws DataFormatException {
    byte[] data = noise(40_000);
    for (int i = distance; i < data.length; i++) {
      data[i] = data[i - distance];
    }

    assertThat(inflated(deflated(data))).isEqualTo(data);
  }

  @Test
  void givesBackDataWhoseCodesWouldBeTooLong() throws DataFormatException {
    byte[] data = fibonacci();

    assertThat(inflated(deflated(data))).isEqualTo(data);
  }

  @Test
  void refersToWhatCameBefore() throws DataFormatException {
    byte[] before = noise(FastDeflate.WINDOW);
    byte[] data = Arrays.copyOf(before, 2 * before.length);
    System.arraycopy(before, 0, data, before.length, before.length);

    byte[] target = new byte[FastDeflate.mostBytes(before.length)];
    int length = new FastDeflate().compress(data, before.length, data.length, target);

    assertThat(length).isLessThan(1_000);
    assertThat(inflated(Arrays.copyOf(target, length), before)).isEqualTo(before);
  }

  @Test
  void remembersNothingOfOtherData() {
    FastDeflate deflate = new FastDeflate();
    byte[] data = patchwork(new Random(7));
    byte[] target = new byte[FastDeflate.mostBytes(data.length)];
    int fresh = deflate.compress(data, 0, data.length, target);
    byte[] first = Arrays.copyOf(target, fresh);
    byte[] other = noise(data.length);
    deflate.compress(other, 0, other.length, target);

    int again = deflate.compress(data, 0, data.length, target);

    assertThat(Arrays.copyOf(target, again)).isEqualTo(first);
  }

  @Test
  void makesTextAboutAsSmallAsZlibDoes() {
    byte[] text = text();
    Deflater zlib = new Deflater(1, true);
    zlib.setInput(text);
    zlib.finish();
    int size = zlib.deflate(new byte[text.length]);
    zlib.end();

    assertThat(deflated(text)).hasSizeLessThan(size * 105 / 100);
  }

  private static byte[] deflated(byte[] data) {
    byte[] target = new byte[FastDeflate.mostBytes(data.length)];
    int length = new FastDeflate().compress(data, 0, data.length, target);
    return Arrays.copyOf(target, length);
  }

  private static byte[] inflated(byte[] deflated) throws DataFormatException {
    return inflated(deflated, new byte[0]);
  }

  private static byte[] inflated(byte[] deflated, byte[] before) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    if (before.length > 0) {
      inflater.setDictionary(before);
    }
    inflater.setInput(deflated);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[64 << 10];
    for (int read = inflater.inflate(buffer); read > 0; read = inflater.inflate(buffer)) {
      out.write(buffer, 0, read);
    }
    assertThat(inflater.getRemaining()).isZero();
    inflater.end();
    return out.toByteArray();
  }

  private byte[] noise(int size) {
    byte[] noise = new byte[size];
    random.nextBytes(noise);
    return noise;
  }

  /// Noise, few letters, runs, and copies of what is there, in any order.
  private static byte[] patchwork(Random random) {
    byte[] data = new byte[random.nextInt(150_000)];
    int at = 0;
    while (at < data.length) {
      int size = Math.min(data.length - at, 1 + random.nextInt(1 << random.nextInt(1, 15)));
      int kind = random.nextInt(4);
      byte letter = (byte) random.nextInt(256);
      int distance = at == 0 ? 0 : 1 + random.nextInt(at);
      for (int end = at + size; at < end; at++) {
        data[at] =
            switch (kind) {
              case 0 -> (byte) random.nextInt(256);
              case 1 -> (byte) ('a' + random.nextInt(4));
              case 2 -> letter;
              default -> distance == 0 ? letter : data[at - distance];
            };
      }
    }
    return data;
  }

  /// Symbols that are each about as frequent as all the rarer ones together.
  private byte[] fibonacci() {
    byte[] data = new byte[60_000];
    int rarer = 1;
    int next = 1;
    int at = 0;
    for (byte symbol = 0; at < data.length; symbol++) {
      int end = Math.min(data.length, at + rarer);
      Arrays.fill(data, at, end, symbol);
      at = end;
      next += rarer;
      rarer = next - rarer;
    }
    for (int i = data.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      byte swapped = data[i];
      data[i] = data[other];
      data[other] = swapped;
    }
    return data;
  }

  private byte[] text() {
    List<String> words = List.of("push", "image", "registry", "that", "has", "not", "seen", "it");
    StringBuilder text = new StringBuilder();
    while (text.length() < 200_000) {
      text.append(words.get(random.nextInt(words.size()))).append(random.nextInt(10)).append(' ');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
