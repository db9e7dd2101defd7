package dev.slipway.delivery;

import dev.slipway.image.Digest;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Platform;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
  /// @param parts digests of the manifests and indexes in the image, its own included; empty where
  ///   they are made by the push, which makes only one
  record Summary(
      String format,
      Optional<Digest> digest,
      List<Platform> platforms,
      int layers,
      long bytes,
      Optional<Digest> digestBefore,
      Set<Digest> parts) {
    public Summary {
      parts = Set.copyOf(parts);
    }

    /// An image whose digest, if it is known, is that of the source.
    public Summary(
        String format, Optional<Digest> digest, List<Platform> platforms, int layers, long bytes) {
      this(format, digest, platforms, layers, bytes, Optional.empty(), Set.of());
    }

    /// An image whose parts nobody asked for.
    public Summary(
        String format,
        Optional<Digest> digest,
        List<Platform> platforms,
        int layers,
        long bytes,
        Optional<Digest> digestBefore) {
      this(format, digest, platforms, layers, bytes, digestBefore, Set.of());
    }

    /// The same of an image that consists of these manifests.
    public Summary withParts(Set<Digest> known) {
      return new Summary(format, digest, platforms, layers, bytes, digestBefore, known);
    }
  }
}
