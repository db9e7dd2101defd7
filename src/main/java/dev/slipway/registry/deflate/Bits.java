package dev.slipway.registry.deflate;

/// Bits that become bytes, the lowest first.
final class Bits {
  private final byte[] target;
  private int length;
  private long pending;
  private int count;

  Bits(byte[] target) {
    this.target = target;
  }

  /// Bits and their number in one `int`.
  ///
  /// @param count up to 24
  static int packed(int bits, int count) {
    return bits | (count << 24);
  }

  /// Adds bits that [#packed] has packed. Up to 56 of them may wait for [#flush].
  void add(int packed) {
    pending |= (packed & 0xff_ffffL) << count;
    count += packed >>> 24;
  }

  /// Adds the lowest bits of a number.
  void add(int bits, int count) {
    add(packed(bits, count));
  }

  /// Writes the bytes that are complete.
  void flush() {
    Words.put(target, length, pending);
    length += count >>> 3;
    pending >>>= count & ~7;
    count &= 7;
  }

  /// Fills the last byte up with zeros.
  void align() {
    flush();
    count = (count + 7) & ~7;
    flush();
  }

  /// Adds bytes, after [#align].
  void add(byte[] data, int from, int to) {
    System.arraycopy(data, from, target, length, to - from);
    length += to - from;
  }

  /// The number of bytes that are written.
  int length() {
    return length;
  }
}
