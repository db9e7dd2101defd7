package dev.slipway.registry.archive;

import dev.slipway.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/// What a layer was like when it was checked.
///
/// @param digest is what the config knows it by
/// @param crc32 tells whether it is still the same, for a tenth of the time
record Fingerprint(Digest digest, long crc32) {
  private static final int BUFFER = 256 << 10;

  static Fingerprint of(Slice slice) throws IOException {
    Sha256 sha256 = new Sha256();
    CRC32 crc32 = new CRC32();
    byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, slice.size()))];
    try (InputStream in = slice.unbuffered()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha256.update(buffer, 0, read);
        crc32.update(buffer, 0, read);
      }
    }
    return new Fingerprint(sha256.value(), crc32.getValue());
  }
}
