package dev.slipway.registry.archive;

import dev.slipway.image.Digest;
import dev.slipway.registry.ImageContent.Blob;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/// Makes layers: a tar file goes in, a compressed blob comes out, the same for the same tar.
public final class LayerPress {
  private static final int BUFFER = 128 << 10;

  private final ParallelGzip gzip;

  LayerPress(ParallelGzip gzip) {
    this.gzip = gzip;
  }

  /// A finished layer.
  ///
  /// @param diffId digest of the tar file
  /// @param blob the compressed layer; gone when this is closed
  public record Pressed(Digest diffId, Blob blob, Closeable file) implements Closeable {
    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /// Something that writes a tar file.
  public interface Tar {
    void writeTo(OutputStream out) throws IOException;
  }

  /// The layer that `tar` writes. Both of its forms are files without a name; that of the tar file
  /// is gone again afterwards.
  public Pressed press(Tar tar) throws IOException {
    try (FileChannel raw = TemporaryFile.create()) {
      HashedFile hashed = new HashedFile(raw);
      try (OutputStream out = new BufferedOutputStream(new Hashing(hashed), BUFFER)) {
        tar.writeTo(out);
      }
      return compressed(Slice.of(raw), hashed.blob().digest());
    }
  }

  private Pressed compressed(Slice tar, Digest diffId) throws IOException {
    FileChannel file = TemporaryFile.create();
    try {
      return new Pressed(diffId, gzip.compress(tar, file).blob(), file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static final class Hashing extends OutputStream {
    private final HashedFile file;

    Hashing(HashedFile file) {
      this.file = file;
    }

    @Override
    public void write(int value) throws IOException {
      file.write(new byte[] {(byte) value}, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      file.write(offset == 0 ? bytes : Arrays.copyOfRange(bytes, offset, offset + length), length);
    }
  }
}
