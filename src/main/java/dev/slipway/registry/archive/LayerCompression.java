package dev.slipway.registry.archive;

import java.io.IOException;
import java.util.Optional;

/// How the bytes of a layer are compressed.
enum LayerCompression {
  NONE(""),
  GZIP("+gzip"),
  ZSTD("+zstd");

  private static final String OCI = "application/vnd.oci.image.layer.";
  private static final String DOCKER = "application/vnd.docker.image.rootfs.";

  private final String suffix;

  LayerCompression(String suffix) {
    this.suffix = suffix;
  }

  /// What the first bytes of a layer show.
  static LayerCompression of(Slice layer) throws IOException {
    return switch (FileKind.of(layer.head(FileKind.HEAD))) {
      case GZIP -> GZIP;
      case ZSTD -> ZSTD;
      case ZIP, XZ, BZIP2, UNKNOWN -> NONE;
    };
  }

  /// What `mediaType` says; empty when it is not a layer of files.
  static Optional<LayerCompression> named(String mediaType) {
    if (!mediaType.startsWith(OCI) && !mediaType.startsWith(DOCKER)) {
      return Optional.empty();
    }
    String dotted = mediaType.replace('+', '.');
    if (dotted.endsWith(".tar")) {
      return Optional.of(NONE);
    }
    if (dotted.endsWith(".tar.gzip")) {
      return Optional.of(GZIP);
    }
    return dotted.endsWith(".tar.zstd") ? Optional.of(ZSTD) : Optional.empty();
  }

  /// The media type of a layer that is compressed so.
  String mediaType() {
    return OCI + "v1.tar" + suffix;
  }

  @Override
  public String toString() {
    return this == NONE ? "no compression" : suffix.substring(1);
  }
}
