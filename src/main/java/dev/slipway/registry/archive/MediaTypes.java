package dev.slipway.registry.archive;

import java.util.Set;

/// The media types of documents that registries know as images.
final class MediaTypes {
  static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";

  private static final Set<String> INDEXES =
      Set.of(
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json");
  private static final Set<String> MANIFESTS =
      Set.of(OCI_MANIFEST, "application/vnd.docker.distribution.manifest.v2+json");
  private static final Set<String> IMAGE_CONFIGS =
      Set.of(OCI_CONFIG, "application/vnd.docker.container.image.v1+json");

  private MediaTypes() {}

  static boolean isIndex(String mediaType) {
    return INDEXES.contains(mediaType);
  }

  static boolean isManifest(String mediaType) {
    return MANIFESTS.contains(mediaType);
  }

  /// Whether it is a layer that its licence keeps out of registries, such as those of Windows once
  /// were.
  static boolean isForeign(String mediaType) {
    return mediaType.startsWith("application/vnd.oci.image.layer.nondistributable.v1.tar")
        || mediaType.startsWith("application/vnd.docker.image.rootfs.foreign.diff.tar");
  }

  /// Whether it is the config of something that runs, not of an artifact.
  static boolean isImageConfig(String mediaType) {
    return IMAGE_CONFIGS.contains(mediaType);
  }
}
