package dev.slipway.registry.deflate;

/// How the format writes lengths and distances: a symbol for a range of them, and extra bits for
/// the place in the range ([tables](https://www.rfc-editor.org/rfc/rfc1951#section-3.2.5)).
final class Symbols {
  static final int END = 256;
  static final int LITERALS_AND_LENGTHS = 286;
  static final int DISTANCES = 30;

  private static final int FIRST_LENGTH = 257;
  private static final int LAST_LENGTH = 285;
  private static final byte[] OF_LENGTH = new byte[Repeats.LONGEST + 1];
  // Of the distances up to 256, and of every 128th one above.
  private static final byte[] OF_DISTANCE = new byte[512];
  private static final int[] LENGTH_BASES = new int[LAST_LENGTH + 1 - FIRST_LENGTH];
  private static final int[] DISTANCE_BASES = new int[DISTANCES];

  static {
    int length = 3;
    for (int range = 0; range < LENGTH_BASES.length; range++) {
      LENGTH_BASES[range] = length;
      for (int i = 0; i < 1 << extra(range, 4) && length <= Repeats.LONGEST; i++) {
        OF_LENGTH[length++] = (byte) range;
      }
    }
    // The last range is of the longest length only, and takes it from the one before.
    LENGTH_BASES[LENGTH_BASES.length - 1] = Repeats.LONGEST;
    OF_LENGTH[Repeats.LONGEST] = (byte) (LENGTH_BASES.length - 1);
    int distance = 1;
    for (int symbol = 0; symbol < DISTANCES; symbol++) {
      DISTANCE_BASES[symbol] = distance;
      for (int end = distance + (1 << extra(symbol, 2)); distance < end; ) {
        OF_DISTANCE[slot(distance)] = (byte) symbol;
        distance += distance > 256 ? 128 : 1;
      }
    }
  }

  private Symbols() {}

  static int ofLength(int length) {
    return FIRST_LENGTH + OF_LENGTH[length];
  }

  /// How many extra bits a literal or length has.
  static int lengthExtra(int symbol) {
    return symbol < FIRST_LENGTH || symbol == LAST_LENGTH ? 0 : extra(symbol - FIRST_LENGTH, 4);
  }

  /// The shortest length with this symbol.
  static int lengthBase(int symbol) {
    return LENGTH_BASES[symbol - FIRST_LENGTH];
  }

  static int ofDistance(int distance) {
    return OF_DISTANCE[slot(distance)];
  }

  /// How many extra bits a distance has.
  static int distanceExtra(int symbol) {
    return extra(symbol, 2);
  }

  /// The shortest distance with this symbol.
  static int distanceBase(int symbol) {
    return DISTANCE_BASES[symbol];
  }

  private static int slot(int distance) {
    return distance <= 256 ? distance - 1 : 256 + ((distance - 1) >> 7);
  }

  /// The ranges get twice as large after every `each` of them.
  private static int extra(int range, int each) {
    return Math.max(0, range / each - 1);
  }
}
