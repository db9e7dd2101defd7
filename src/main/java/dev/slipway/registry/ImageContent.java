package dev.slipway.registry;

import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.values.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// An image, opened and checked, ready to be pushed. Nothing is extracted or stored: a blob's bytes
/// are read from their place when they are sent.
public interface ImageContent extends AutoCloseable {
  Summary summary();

  /// Every distinct blob, configs and layers of all platforms.
  List<Source> blobs();

  /// Every manifest and index, in an order in which they may be pushed: what refers to another
  /// comes after it, the root is last. Complete only when every source in [#blobs()] was finished.
  List<Manifest> manifests() throws IOException;

  /// The config of one image whose digest is not known before its layers are compressed.
  default Optional<Digest> config() {
    return Optional.empty();
  }

  @Override
  void close() throws IOException;

  /// A blob to be. Compresses a raw layer at the first call; a finished blob is there at once.
  interface Source {
    /// What it will take at the most, in bytes; for putting the largest first.
    long sizeHint();

    Blob finish() throws IOException;
  }

  /// A finished blob.
  ///
  /// @param size in bytes
  /// @param home the repository that has it, where it comes from one
  record Blob(Digest digest, long size, Bytes bytes, Optional<ImageName> home) {

    /// A blob that no repository is known to have.
    public Blob(Digest digest, long size, Bytes bytes) {
      this(digest, size, bytes, Optional.empty());
    }
  }

  /// Bytes that can be read any number of times.
  interface Bytes {
    InputStream open() throws IOException;
  }

  /// A manifest or index, byte for byte as it is pushed.
  record Manifest(Digest digest, String mediaType, FileContent content) {}
}
