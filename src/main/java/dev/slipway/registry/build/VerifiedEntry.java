package dev.slipway.registry.build;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/// A file of a jar, whose checksum is compared at its end.
final class VerifiedEntry extends FilterInputStream {
  private final ZipArchiveEntry entry;
  private final CRC32 crc = new CRC32();

  VerifiedEntry(InputStream in, ZipArchiveEntry entry) {
    super(in);
    this.entry = entry;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int start, int length) throws IOException {
    int read = next(target, start, length);
    if (read > 0) {
      crc.update(target, start, read);
    }
    if (read < 0 && crc.getValue() != entry.getCrc()) {
      throw BuildProblems.damaged(entry.getName());
    }
    return read;
  }

  private int next(byte[] target, int start, int length) throws IOException {
    try {
      return in.read(target, start, length);
    } catch (IOException e) {
      throw BuildProblems.damaged(entry.getName());
    }
  }
}
