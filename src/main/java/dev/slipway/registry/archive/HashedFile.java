package dev.slipway.registry.archive;

import dev.slipway.registry.ImageContent.Blob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// A file that is hashed while it is written.
final class HashedFile {
  private final FileChannel channel;
  private final Sha256 sha256 = new Sha256();
  private long size;

  HashedFile(FileChannel channel) {
    this.channel = channel;
  }

  void write(byte[] bytes, int length) throws IOException {
    sha256.update(bytes, 0, length);
    ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
    while (rest.hasRemaining()) {
      size += channel.write(rest);
    }
  }

  /// Everything that was written.
  Blob blob() {
    return new Blob(sha256.value(), size, new Slice(channel, 0, size));
  }
}
