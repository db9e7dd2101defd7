package dev.slipway.registry.archive;

import dev.slipway.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The only digest algorithm that registries store.
public final class Sha256 {
  private static final int BUFFER = 256 << 10;

  private final MessageDigest digest;

  Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// The digest of `bytes`.
  public static Digest of(byte[] bytes) {
    Sha256 sha256 = new Sha256();
    sha256.update(bytes, 0, bytes.length);
    return sha256.value();
  }

  static Digest of(Slice slice) throws IOException {
    Sha256 sha256 = new Sha256();
    byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, slice.size()))];
    try (InputStream in = slice.unbuffered()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha256.update(buffer, 0, read);
      }
    }
    return sha256.value();
  }

  void update(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
  }

  /// Of everything so far. Starts anew.
  Digest value() {
    return new Digest("sha256:" + HexFormat.of().formatHex(digest.digest()));
  }
}
