package dev.slipway.registry.archive;

import dev.slipway.registry.ImageContent.Bytes;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/// A part of an open file. Reading never moves the file's own position, so any number of threads
/// may read at once.
///
/// @param offset of the first byte
/// @param size in bytes
record Slice(FileChannel channel, long offset, long size) implements Bytes {
  private static final int BUFFER = 128 << 10;

  static Slice of(FileChannel channel) throws IOException {
    return new Slice(channel, 0, channel.size());
  }

  @Override
  public InputStream open() {
    return new BufferedInputStream(unbuffered(), BUFFER);
  }

  /// For readers that ask for large pieces.
  InputStream unbuffered() {
    return new SliceStream();
  }

  /// The first bytes, fewer when there are fewer.
  byte[] head(int length) throws IOException {
    byte[] head = new byte[(int) Math.min(length, size)];
    read(0, head, 0, head.length);
    return head;
  }

  /// Fills a piece of `target` with the bytes from `position` on.
  ///
  /// @throws EOFException when somebody made the file shorter
  void read(long position, byte[] target, int start, int length) throws IOException {
    Objects.checkFromIndexSize(position, length, size);
    ByteBuffer piece = ByteBuffer.wrap(target, start, length);
    while (piece.hasRemaining()) {
      int read = channel.read(piece, offset + position + piece.position() - start);
      if (read < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
    }
  }

  private final class SliceStream extends InputStream {
    private long position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
      Objects.checkFromIndexSize(start, length, target.length);
      if (length == 0) {
        return 0;
      }
      int piece = (int) Math.min(length, size - position);
      if (piece == 0) {
        return -1;
      }
      Slice.this.read(position, target, start, piece);
      position += piece;
      return piece;
    }

    @Override
    public long skip(long wanted) {
      long skipped = Math.clamp(wanted, 0, size - position);
      position += skipped;
      return skipped;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, size - position);
    }
  }
}
