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
    for (int length = Repeats.LONGEST; length >= 3; length--) {
      // The last range has the longest one only, and takes it from the range before.
      int symbol = length == Repeats.LONGEST ? LAST_LENGTH - FIRST_LENGTH : range(length - 3, 4);
      OF_LENGTH[length] = (byte) symbol;
      LENGTH_BASES[symbol] = length;
    }
    for (int distance = FastDeflate.WINDOW; distance > 0; distance--) {
      int symbol = range(distance - 1, 2);
      OF_DISTANCE[slot(distance)] = (byte) symbol;
      DISTANCE_BASES[symbol] = distance;
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
  private static int range(int value, int each) {
    int range = 0;
    for (int rest = value; rest >= 1 << extra(range, each); range++) {
      rest -= 1 << extra(range, each);
    }
    return range;
  }

  private static int extra(int range, int each) {
    return Math.max(0, range / each - 1);
  }
}
