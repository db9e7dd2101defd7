package dev.slipway.registry.deflate;

import java.util.Arrays;

/// A code in which frequent symbols are short
/// ([canonical](https://www.rfc-editor.org/rfc/rfc1951#section-3.2.2), of limited length).
final class HuffmanCode {
  private static final int[] GAPS = {132, 57, 23, 10, 4, 1};

  private final int limit;
  private final byte[] lengths;
  private final int[] codes;
  private final int[] ofLength;
  // Leaves and then inner nodes of the tree, both by increasing weight.
  private final long[] leaves;
  private final long[] weights;
  private final int[] parents;
  private final int[] depths;

  /// @param symbols their number
  /// @param limit the most bits that a symbol may have
  HuffmanCode(int symbols, int limit) {
    this.limit = limit;
    lengths = new byte[symbols];
    codes = new int[symbols];
    ofLength = new int[limit + 1];
    leaves = new long[symbols];
    weights = new long[2 * symbols];
    parents = new int[2 * symbols];
    depths = new int[2 * symbols];
  }

  /// Makes the code for symbols that occur so often. It is complete even where fewer than two do.
  void build(int[] frequencies) {
    Arrays.fill(lengths, (byte) 0);
    int used = sortLeaves(frequencies);
    if (used < 2) {
      int only = used == 0 ? 0 : symbol(0);
      lengths[only] = 1;
      lengths[only == 0 ? 1 : 0] = 1;
    } else {
      growTree(used);
      countLengths(used);
      assignLengths();
    }
    assignCodes();
  }

  /// The bits of a symbol; none for one that does not occur.
  int length(int symbol) {
    return lengths[symbol];
  }

  /// A symbol's bits as [Bits#packed] packs them.
  int code(int symbol) {
    return codes[symbol];
  }

  private int sortLeaves(int[] frequencies) {
    int used = 0;
    for (int symbol = 0; symbol < frequencies.length; symbol++) {
      if (frequencies[symbol] > 0) {
        leaves[used++] = ((long) frequencies[symbol] << 16) | symbol;
      }
    }
    sort(used);
    return used;
  }

  /// [Shell's](https://dl.acm.org/doi/10.1145/368370.368387): as fast as Java's own for so few, and
  /// compiled in a tenth of the time.
  private void sort(int used) {
    for (int gap : GAPS) {
      for (int i = gap; i < used; i++) {
        long leaf = leaves[i];
        int to = i;
        for (; to >= gap && leaves[to - gap] > leaf; to -= gap) {
          leaves[to] = leaves[to - gap];
        }
        leaves[to] = leaf;
      }
    }
  }

  private int symbol(int leaf) {
    return (int) leaves[leaf] & 0xffff;
  }

  private void growTree(int used) {
    for (int leaf = 0; leaf < used; leaf++) {
      weights[leaf] = leaves[leaf] >>> 16;
    }
    int leaf = 0;
    int inner = used;
    for (int node = used; node < 2 * used - 1; node++) {
      weights[node] = 0;
      for (int child = 0; child < 2; child++) {
        boolean isLeaf = leaf < used && (inner == node || weights[leaf] <= weights[inner]);
        int lightest = isLeaf ? leaf++ : inner++;
        weights[node] += weights[lightest];
        parents[lightest] = node;
      }
    }
  }

  /// Counts the leaves of each depth. Those that are too deep move up, and others down in return
  /// until all have room.
  private void countLengths(int used) {
    Arrays.fill(ofLength, 0);
    int root = 2 * used - 2;
    depths[root] = 0;
    int taken = 0;
    for (int node = root - 1; node >= 0; node--) {
      depths[node] = depths[parents[node]] + 1;
      if (node < used) {
        int length = Math.min(depths[node], limit);
        ofLength[length]++;
        taken += 1 << (limit - length);
      }
    }
    for (; taken > (1 << limit); taken--) {
      int above = limit - 1;
      while (ofLength[above] == 0) {
        above--;
      }
      ofLength[above]--;
      ofLength[above + 1] += 2;
      ofLength[limit]--;
    }
  }

  private void assignLengths() {
    int leaf = 0;
    for (int length = limit; length > 0; length--) {
      for (int i = 0; i < ofLength[length]; i++) {
        lengths[symbol(leaf++)] = (byte) length;
      }
    }
  }

  private void assignCodes() {
    Arrays.fill(ofLength, 0);
    for (byte length : lengths) {
      ofLength[length]++;
    }
    int[] next = new int[limit + 1];
    for (int length = 2; length <= limit; length++) {
      next[length] = (next[length - 1] + ofLength[length - 1]) << 1;
    }
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      int length = lengths[symbol];
      if (length > 0) {
        codes[symbol] = Bits.packed(Integer.reverse(next[length]++) >>> (32 - length), length);
      }
    }
  }
}
