package dev.slipway.github;

import dev.slipway.values.FileContent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The name that git gives to a file's content: [SHA-1 of a header and the
/// bytes](https://git-scm.com/book/en/v2/Git-Internals-Git-Objects).
record BlobId(String value) {
  static BlobId of(FileContent content) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(("blob " + content.size() + "\0").getBytes(StandardCharsets.US_ASCII));
      return new BlobId(HexFormat.of().formatHex(sha1.digest(content.bytes())));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-1", e);
    }
  }
}
