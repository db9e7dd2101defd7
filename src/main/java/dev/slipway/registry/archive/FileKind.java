package dev.slipway.registry.archive;

import java.util.Arrays;
import java.util.HexFormat;

/// What the first bytes of a file say about the rest.
enum FileKind {
  GZIP("1f8b"),
  ZSTD("28b52ffd"),
  ZIP("504b0304"),
  XZ("fd377a585a00"),
  BZIP2("425a68"),
  UNKNOWN("");

  /// How many bytes are enough.
  static final int HEAD = 6;

  private final String magic;

  /// @param magic in hexadecimal digits
  FileKind(String magic) {
    this.magic = magic;
  }

  /// The kind of a file that begins with `head`.
  static FileKind of(byte[] head) {
    String start = HexFormat.of().formatHex(head);
    return Arrays.stream(values())
        .filter(kind -> start.startsWith(kind.magic))
        .findFirst()
        .orElse(UNKNOWN);
  }
}
