package dev.slipway.registry.deflate;

import java.util.Arrays;

/// What a part of the data repeats of the data before it: so many bytes that are new, then so many
/// that were there at such a distance, and so on. The last entry is of new bytes only.
final class Repeats {
  /// The longest repeat that the format has.
  static final int LONGEST = 258;

  private static final int SHORTEST = 3;
  private static final int HASH_BITS = 15;
  private static final long MULTIPLIER = 0xcf1bbcdcb7a56463L;
  // Up to 12 bytes before the end nothing is looked for: eight bytes are read at once.
  private static final int MARGIN = 12;

  // Weighed with images of noise, of a Java runtime and of system libraries: without the look at
  // the
  // next place the libraries grow by 2 %, with every place remembered they shrink by 1 % and take
  // longer; with strides that grow half as fast everything shrinks by 1 % and takes longer, too.
  private static final int STRIDE_SHIFT = 5;
  private static final int REMEMBERED = 3;
  private static final int LONG_ENOUGH = 32;

  private final int[] places = new int[1 << HASH_BITS];
  private final int[] literals;
  private final int[] lengths;
  private final int[] distances;
  private int count;

  /// @param part the most bytes that are searched at once
  Repeats(int part) {
    // A repeat is of four bytes at least, but for the rest of a long one.
    int most = part / SHORTEST + 1;
    literals = new int[most];
    lengths = new int[most];
    distances = new int[most];
  }

  /// Begins anew.
  ///
  /// @param end of the data that is there to be referred to
  void begin(byte[] data, int end) {
    Arrays.fill(places, -FastDeflate.WINDOW - 1);
    for (int at = 0; at + MARGIN <= end; at += 4) {
      places[hash(Words.eight(data, at))] = at;
    }
  }

  /// Looks through the data from `from` to `end`.
  ///
  /// Every kind of work stands here once and not once for each case: Java compiles the loop in a
  /// third of the time, of which a short push has little.
  void find(byte[] data, int from, int end) {
    count = 0;
    int old = from;
    int at = from;
    int last = end - MARGIN - 1;
    boolean holds = false;
    int heldPlace = 0;
    int heldTo = 0;
    while (at <= last) {
      long here = Words.eight(data, at);
      int place = places[hash(here)];
      places[hash(here)] = at;
      int to = at;
      if (at - place <= FastDeflate.WINDOW && Words.four(data, place) == (int) here) {
        to = end(data, at, place, end);
      }
      if (holds) {
        holds = false;
        if (to <= heldTo + 1) {
          at--;
          place = heldPlace;
          to = heldTo;
        }
      } else if (to == at) {
        at += 1 + ((at - old) >> STRIDE_SHIFT);
        continue;
      } else if (to - at < LONG_ENOUGH && at < last) {
        holds = true;
        heldPlace = place;
        heldTo = to;
        at++;
        continue;
      }
      int start = start(data, at, place, old);
      add(start - old, to - start, at - place);
      remember(data, at + REMEMBERED, Math.min(to, last + 1));
      old = to;
      at = to;
    }
    put(end - old, 0, 0);
  }

  /// The number of repeats.
  int count() {
    return count;
  }

  /// How many new bytes come before repeat `i`, or after the last one.
  int literals(int i) {
    return literals[i];
  }

  /// How many bytes repeat `i` has: 3 to [#LONGEST].
  int length(int i) {
    return lengths[i];
  }

  /// How far back they were.
  int distance(int i) {
    return distances[i];
  }

  /// Where a repeat that has four bytes ends, at the latest within the last eight of the part.
  private static int end(byte[] data, int at, int place, int end) {
    int distance = at - place;
    int to = at + 4;
    while (to <= end - 8) {
      long difference = Words.eight(data, to) ^ Words.eight(data, to - distance);
      if (difference != 0) {
        return to + (Long.numberOfTrailingZeros(difference) >>> 3);
      }
      to += 8;
    }
    return to;
  }

  /// Where a repeat really starts: strides step over the first bytes.
  private static int start(byte[] data, int at, int place, int earliest) {
    int distance = at - place;
    int start = at;
    while (start > earliest && start > distance && data[start - 1] == data[start - 1 - distance]) {
      start--;
    }
    return start;
  }

  private void add(int before, int length, int distance) {
    int rest = length;
    int literal = before;
    while (rest > LONGEST) {
      int piece = Math.min(LONGEST, rest - SHORTEST);
      put(literal, piece, distance);
      count++;
      rest -= piece;
      literal = 0;
    }
    put(literal, rest, distance);
    count++;
  }

  private void put(int before, int length, int distance) {
    literals[count] = before;
    lengths[count] = length;
    distances[count] = distance;
  }

  private void remember(byte[] data, int from, int to) {
    for (int at = from; at < to; at += REMEMBERED) {
      places[hash(Words.eight(data, at))] = at;
    }
  }

  /// Of the first five of eight bytes.
  private static int hash(long bytes) {
    return (int) (((bytes << 24) * MULTIPLIER) >>> (64 - HASH_BITS));
  }
}
