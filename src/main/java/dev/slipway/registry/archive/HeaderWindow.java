package dev.slipway.registry.archive;

import static dev.slipway.registry.archive.TarHeader.BLOCK;

import java.io.IOException;
import java.util.Arrays;

/// A few blocks of a tar file at a time: enough for the headers of small neighbours, little enough
/// to jump from one large file to the next.
final class HeaderWindow {
  private static final int LENGTH = 16 * BLOCK;

  private final Slice tar;
  private final byte[] bytes = new byte[LENGTH];
  private long start;
  private int length;

  HeaderWindow(Slice tar) {
    this.tar = tar;
  }

  /// A copy of the block at `position`, which must lie in the file as a whole.
  byte[] block(long position) throws IOException {
    if (position < start || position + BLOCK > start + length) {
      start = position;
      length = (int) Math.min(LENGTH, tar.size() - position);
      tar.read(position, bytes, 0, length);
    }
    int offset = (int) (position - start);
    return Arrays.copyOfRange(bytes, offset, offset + BLOCK);
  }
}
