package dev.slipway.registry.deflate;

import java.util.Arrays;

/// Writes blocks: a part of the data, with codes of its own where that is shorter.
final class Block {
  // Four literals, or a length and a distance with their extra bits, fit into a word.
  private static final int LONGEST_LITERAL = 14;
  private static final int LONGEST_DISTANCE = 15;
  // About what the codes take.
  private static final int HEADER_BITS = 80 * 8;

  private final HuffmanCode literalCode =
      new HuffmanCode(Symbols.LITERALS_AND_LENGTHS, LONGEST_LITERAL);
  private final HuffmanCode distanceCode = new HuffmanCode(Symbols.DISTANCES, LONGEST_DISTANCE);
  private final CodeHeader header = new CodeHeader(literalCode, distanceCode);
  private final int[] literals = new int[Symbols.LITERALS_AND_LENGTHS];
  private final int[] distances = new int[Symbols.DISTANCES];
  private final int[] literalBits = new int[256];
  private final int[] lengthBits = new int[Repeats.LONGEST + 1];

  /// Writes the data from `from` to `to`.
  void write(byte[] data, int from, int to, Repeats repeats, Bits bits) {
    countSymbols(data, from, repeats);
    literalCode.build(literals);
    distanceCode.build(distances);
    if (compressedBits() > 8L * (to - from)) {
      writeStored(data, from, to, bits);
      return;
    }
    header.write(bits);
    packCodes();
    writeSymbols(data, from, repeats, bits);
  }

  /// Writes at most 65,535 bytes of data as they are, to the end of a byte.
  static void writeStored(byte[] data, int from, int to, Bits bits) {
    int length = to - from;
    bits.add(0, 3);
    bits.align();
    bits.add(length, 16);
    bits.add(~length & 0xffff, 16);
    bits.flush();
    bits.add(data, from, to);
  }

  private void countSymbols(byte[] data, int from, Repeats repeats) {
    Arrays.fill(literals, 0);
    Arrays.fill(distances, 0);
    int at = from;
    for (int i = 0; i <= repeats.count(); i++) {
      int to = at + repeats.literals(i);
      for (; at < to; at++) {
        literals[data[at] & 0xff]++;
      }
      if (i < repeats.count()) {
        literals[Symbols.ofLength(repeats.length(i))]++;
        distances[Symbols.ofDistance(repeats.distance(i))]++;
        at += repeats.length(i);
      }
    }
    literals[Symbols.END]++;
  }

  private long compressedBits() {
    long bits = HEADER_BITS;
    for (int symbol = 0; symbol < literals.length; symbol++) {
      int length = literalCode.length(symbol) + Symbols.lengthExtra(symbol);
      bits += (long) literals[symbol] * length;
    }
    for (int symbol = 0; symbol < distances.length; symbol++) {
      int length = distanceCode.length(symbol) + Symbols.distanceExtra(symbol);
      bits += (long) distances[symbol] * length;
    }
    return bits;
  }

  private void packCodes() {
    for (int literal = 0; literal < literalBits.length; literal++) {
      literalBits[literal] = literalCode.code(literal);
    }
    for (int length = 3; length <= Repeats.LONGEST; length++) {
      int symbol = Symbols.ofLength(length);
      // The extra bits come after the code.
      lengthBits[length] =
          literalCode.code(symbol)
              + ((length - Symbols.lengthBase(symbol)) << literalCode.length(symbol))
              + Bits.packed(0, Symbols.lengthExtra(symbol));
    }
  }

  private void writeSymbols(byte[] data, int from, Repeats repeats, Bits bits) {
    int at = from;
    for (int i = 0; i <= repeats.count(); i++) {
      writeLiterals(data, at, repeats.literals(i), bits);
      if (i < repeats.count()) {
        at += repeats.literals(i) + repeats.length(i);
        writeRepeat(repeats.length(i), repeats.distance(i), bits);
      }
    }
    bits.add(literalCode.code(Symbols.END));
    bits.flush();
  }

  private void writeRepeat(int length, int distance, Bits bits) {
    bits.add(lengthBits[length]);
    int symbol = Symbols.ofDistance(distance);
    bits.add(distanceCode.code(symbol));
    bits.add(distance - Symbols.distanceBase(symbol), Symbols.distanceExtra(symbol));
    bits.flush();
  }

  private void writeLiterals(byte[] data, int from, int count, Bits bits) {
    int at = from;
    for (int fours = count >> 2; fours > 0; fours--) {
      bits.add(literalBits[data[at] & 0xff]);
      bits.add(literalBits[data[at + 1] & 0xff]);
      bits.add(literalBits[data[at + 2] & 0xff]);
      bits.add(literalBits[data[at + 3] & 0xff]);
      bits.flush();
      at += 4;
    }
    for (; at < from + count; at++) {
      bits.add(literalBits[data[at] & 0xff]);
    }
    bits.flush();
  }
}
