package dev.slipway.delivery;

import dev.slipway.image.Digest;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Platform;
import java.util.List;
import java.util.Optional;

/// Port: images on disk.
public interface ImageArchives {
  /// Reads the whole structure of an image and checks it, without trusting it.
  ///
  /// @throws dev.slipway.problem.ActionException when it is missing, damaged or unsafe
  Summary inspect(ImageSource source);

  /// What an image consists of.
  ///
  /// @param format what the content was recognised as, e.g. `OCI archive`
  /// @param digest of what will be pushed; empty when layers must be compressed first
  /// @param bytes of all blobs, as they lie in the source
  /// @param digestBefore of the image in the source, where leaving out its attestations changes it
  record Summary(
      String format,
      Optional<Digest> digest,
      List<Platform> platforms,
      int layers,
      long bytes,
      Optional<Digest> digestBefore) {

    /// An image whose digest, if it is known, is that of the source.
    public Summary(
        String format, Optional<Digest> digest, List<Platform> platforms, int layers, long bytes) {
      this(format, digest, platforms, layers, bytes, Optional.empty());
    }
  }
}
