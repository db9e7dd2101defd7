package dev.slipway.registry.deflate;

/// Compresses pieces of data in the [deflate format](https://www.rfc-editor.org/rfc/rfc1951).
///
/// About as small as zlib's level 1 and faster, little with text and many times with what hardly
/// gets smaller, in the manner of LZ4: one place to look for a repeat, longer and longer strides
/// where there is none, and then Huffman codes. The result depends on the data only, and not on the
/// Java runtime or a system's zlib. For use by one thread at a time.
public final class FastDeflate {
  /// How far back a repeat may refer.
  public static final int WINDOW = 32 << 10;

  // The most that fits into a block that is not compressed.
  private static final int PART = 65_535;
  // More than a block's header takes.
  private static final int OVERHEAD = 512;

  private final Repeats repeats = new Repeats(PART);
  private final Block block = new Block();

  /// The most bytes that `length` bytes can become.
  public static int mostBytes(int length) {
    return length + (length / PART + 1) * OVERHEAD;
  }

  /// Compresses the bytes from `start` to `end`. The result is a whole number of bytes that may be
  /// followed by the next piece; nothing in it says that it is the last one.
  ///
  /// @param data begins with what came before `start`, which repeats may refer to
  /// @param target for the result, at least [#mostBytes] long
  /// @return the length of the result
  public int compress(byte[] data, int start, int end, byte[] target) {
    Bits bits = new Bits(target);
    repeats.begin(data, start);
    for (int from = start; from < end; from += PART) {
      int to = Math.min(end, from + PART);
      repeats.find(data, from, to);
      block.write(data, from, to, repeats, bits);
    }
    Block.writeStored(data, end, end, bits);
    return bits.length();
  }
}
