package dev.slipway.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// What a fuzzer hands a target, taken apart: lines, then the rest. A person can write it as well.
public final class Material {
  private final byte[] bytes;
  private int position;

  public Material(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The next line without its line feed; empty when there is none. Bytes that are no UTF-8 become
  /// the character that stands for them.
  public String line() {
    int start = position;
    int end = start;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    position = Math.min(bytes.length, end + 1);
    return new String(bytes, start, end - start, UTF_8);
  }

  /// The next byte as a number, 0 when there is none.
  public int number() {
    return position < bytes.length ? bytes[position++] & 0xff : 0;
  }

  /// Everything that is not taken yet.
  public byte[] rest() {
    return Arrays.copyOfRange(bytes, position, bytes.length);
  }

  /// Everything that is not taken yet, as text.
  public String text() {
    return new String(bytes, position, bytes.length - position, UTF_8);
  }
}
