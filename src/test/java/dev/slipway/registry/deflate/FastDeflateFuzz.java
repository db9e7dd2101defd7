package dev.slipway.registry.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fuzz.Material;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Compresses any bytes in two pieces, the second with the first as its past: zlib makes the same
/// bytes of them again.
public final class FastDeflateFuzz {
  private static final int MOST = 150_000;

  private FastDeflateFuzz() {}

  /// Called by the fuzzer.
  ///
  /// @param input how often its third part is repeated, where it is cut, and the bytes
  public static void fuzzerTestOneInput(byte[] input) throws DataFormatException {
    Material material = new Material(input);
    int times = 1 + material.number() * material.number();
    int cut = material.number();
    byte[] data = repeated(material.rest(), times);
    int middle = (int) ((long) data.length * cut / 256);

    byte[] deflated = deflated(data, middle);

    assertThat(inflated(deflated, data.length)).isEqualTo(data);
  }

  private static byte[] repeated(byte[] seed, int times) {
    byte[] data = new byte[Math.min(MOST, seed.length * times)];
    for (int i = 0; i < data.length; i++) {
      // A byte that differs from round to round keeps it from being one single repeat.
      data[i] = i % seed.length == 0 ? (byte) (i / seed.length) : seed[i % seed.length];
    }
    return data;
  }

  private static byte[] deflated(byte[] data, int middle) {
    FastDeflate deflate = new FastDeflate();
    byte[] first = new byte[FastDeflate.mostBytes(middle)];
    int firstLength = deflate.compress(data, 0, middle, first);
    int start = Math.max(0, middle - FastDeflate.WINDOW);
    byte[] window = Arrays.copyOfRange(data, start, data.length);
    byte[] second = new byte[FastDeflate.mostBytes(data.length - middle)];
    int secondLength = deflate.compress(window, middle - start, window.length, second);
    byte[] both = Arrays.copyOf(first, firstLength + secondLength);
    System.arraycopy(second, 0, both, firstLength, secondLength);
    return both;
  }

  private static byte[] inflated(byte[] deflated, int length) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(deflated);
      // One more byte than there should be, which nothing may fill.
      byte[] data = new byte[length + 1];
      int total = 0;
      for (int read = inflater.inflate(data); read > 0; ) {
        total += read;
        read = inflater.inflate(data, total, data.length - total);
      }
      assertThat(inflater.getRemaining()).isZero();
      return Arrays.copyOf(data, total);
    } finally {
      inflater.end();
    }
  }
}
