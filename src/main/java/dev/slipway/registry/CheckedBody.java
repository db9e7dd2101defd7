package dev.slipway.registry;

import dev.slipway.image.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A blob on its way from one registry to another. Its end is only reached when every byte was
/// right.
final class CheckedBody extends FilterInputStream {
  private final Origin origin;
  private final Digest digest;
  private final MessageDigest sha256;
  private long left;

  CheckedBody(InputStream body, Origin origin, Digest digest, long size) {
    super(body);
    this.origin = origin;
    this.digest = digest;
    this.left = size;
    this.sha256 = sha256();
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
      sha256.update(target, start, read);
      left -= read;
    }
    if (left < 0) {
      throw new SourceFailure(origin, "%s is larger than its manifest says".formatted(digest));
    }
    // With the last bytes, not after them: a blob that is wrong must not arrive whole.
    if (read > 0 && left == 0) {
      check();
    }
    return read;
  }

  private int next(byte[] target, int start, int length) throws IOException {
    try {
      int read = super.read(target, start, length);
      if (read < 0 && left > 0) {
        throw new IOException("%d bytes of %s did not come".formatted(left, digest));
      }
      return read;
    } catch (IOException e) {
      throw new SourceFailure(origin, e);
    }
  }

  private void check() throws SourceFailure {
    String actual = "sha256:" + HexFormat.of().formatHex(sha256.digest());
    if (!actual.equals(digest.value())) {
      throw new SourceFailure(
          origin, "what came as %s has the digest %s".formatted(digest, actual));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
