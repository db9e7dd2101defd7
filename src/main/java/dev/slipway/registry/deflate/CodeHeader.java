package dev.slipway.registry.deflate;

import java.util.Arrays;

/// Tells the reader of a block its codes: the length of every symbol, with runs of equal lengths
/// abbreviated, in a code of its own
/// ([format](https://www.rfc-editor.org/rfc/rfc1951#section-3.2.7)).
final class CodeHeader {
  private static final int COMPRESSED = 2 << 1;
  private static final int REPEAT = 16;
  private static final int ZEROS = 17;
  private static final int MANY_ZEROS = 18;
  private static final int LONGEST_CODE = 7;
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private final HuffmanCode literals;
  private final HuffmanCode distances;
  private final HuffmanCode code = new HuffmanCode(ORDER.length, LONGEST_CODE);
  private final int[] lengths = new int[Symbols.LITERALS_AND_LENGTHS + Symbols.DISTANCES];
  private final int[] frequencies = new int[ORDER.length];
  // Symbols, and above them their extra bits.
  private final int[] symbols = new int[lengths.length];
  private int count;

  CodeHeader(HuffmanCode literals, HuffmanCode distances) {
    this.literals = literals;
    this.distances = distances;
  }

  /// Begins a compressed block with the codes as they are now.
  void write(Bits bits) {
    int usedLiterals = used(literals, Symbols.LITERALS_AND_LENGTHS, Symbols.END + 1);
    int usedDistances = used(distances, Symbols.DISTANCES, 1);
    for (int i = 0; i < usedLiterals; i++) {
      lengths[i] = literals.length(i);
    }
    for (int i = 0; i < usedDistances; i++) {
      lengths[usedLiterals + i] = distances.length(i);
    }
    abbreviate(usedLiterals + usedDistances);
    code.build(frequencies);
    bits.add(COMPRESSED, 3);
    bits.add(usedLiterals - Symbols.END - 1, 5);
    bits.add(usedDistances - 1, 5);
    writeCode(bits);
    writeLengths(bits);
  }

  private static int used(HuffmanCode code, int all, int least) {
    int used = all;
    while (used > least && code.length(used - 1) == 0) {
      used--;
    }
    return used;
  }

  private void abbreviate(int total) {
    count = 0;
    Arrays.fill(frequencies, 0);
    int at = 0;
    while (at < total) {
      int length = lengths[at];
      int run = 1;
      while (at + run < total && lengths[at + run] == length) {
        run++;
      }
      at += run;
      if (length == 0) {
        run = addRuns(MANY_ZEROS, 11, 138, run);
        run = addRuns(ZEROS, 3, 10, run);
      } else {
        add(length, 0);
        run = addRuns(REPEAT, 3, 6, run - 1);
      }
      for (; run > 0; run--) {
        add(length, 0);
      }
    }
  }

  /// How many of `run` are left over.
  private int addRuns(int symbol, int shortest, int longest, int run) {
    int rest = run;
    while (rest >= shortest) {
      int piece = Math.min(rest, longest);
      add(symbol, piece - shortest);
      rest -= piece;
    }
    return rest;
  }

  private void add(int symbol, int extra) {
    symbols[count++] = symbol | (extra << 8);
    frequencies[symbol]++;
  }

  private void writeCode(Bits bits) {
    int used = ORDER.length;
    while (used > 4 && code.length(ORDER[used - 1]) == 0) {
      used--;
    }
    bits.add(used - 4, 4);
    for (int i = 0; i < used; i++) {
      bits.add(code.length(ORDER[i]), 3);
      bits.flush();
    }
  }

  private void writeLengths(Bits bits) {
    for (int i = 0; i < count; i++) {
      int symbol = symbols[i] & 0xff;
      bits.add(code.code(symbol));
      bits.add(symbols[i] >> 8, extra(symbol));
      bits.flush();
    }
  }

  private static int extra(int symbol) {
    return switch (symbol) {
      case REPEAT -> 2;
      case ZEROS -> 3;
      case MANY_ZEROS -> 7;
      default -> 0;
    };
  }
}
