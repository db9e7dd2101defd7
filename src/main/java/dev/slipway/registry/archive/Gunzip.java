package dev.slipway.registry.archive;

import dev.slipway.image.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Undoes gzip, up to a limit.
final class Gunzip {
  private static final int BUFFER = 256 << 10;

  private final String subject;
  private final Slice compressed;
  private final long limit;

  private Gunzip(String subject, Slice compressed) {
    this.subject = subject;
    this.compressed = compressed;
    this.limit = Limits.inflated(compressed.size());
  }

  /// What is inside of `compressed`, in a temporary file.
  ///
  /// @throws Refused when it is damaged or grows without measure
  static FileChannel toTemporaryFile(Slice compressed) throws IOException {
    FileChannel file = TemporaryFile.create();
    try {
      new Gunzip("The file", compressed)
          .run((bytes, length) -> write(file, ByteBuffer.wrap(bytes, 0, length)));
      return file;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /// The digest of what is inside of `compressed`.
  ///
  /// @param subject what it is, for messages
  /// @throws Refused when it is damaged or grows without measure
  static Digest digest(String subject, Slice compressed) throws IOException {
    Sha256 sha256 = new Sha256();
    new Gunzip(subject, compressed).run((bytes, length) -> sha256.update(bytes, 0, length));
    return sha256.value();
  }

  private void run(Consumer consumer) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long total = 0;
    try (InputStream in = new GZIPInputStream(compressed.open(), BUFFER)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        total += read;
        if (total > limit) {
          throw FileProblems.inflatesTooMuch(subject, compressed.size(), limit);
        }
        consumer.accept(buffer, read);
      }
    } catch (EOFException _) {
      throw FileProblems.damagedGzip(subject, "it ends too early");
    } catch (ZipException e) {
      throw FileProblems.damagedGzip(subject, String.valueOf(e.getMessage()));
    }
  }

  private static void write(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  private interface Consumer {
    void accept(byte[] bytes, int length) throws IOException;
  }
}
