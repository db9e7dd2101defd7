package dev.slipway.registry.archive;

import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.image.Digest;
import dev.slipway.registry.ImageContent;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// An image, checked, its file still open.
///
/// @param config where only compressing brings out the digest
/// @param assembly of the manifests, when all blobs are finished
/// @param file what is read
record OpenedImage(
    Summary summary, Optional<Digest> config, List<Source> blobs, Assembly assembly, Closeable file)
    implements ImageContent {

  @Override
  public List<Manifest> manifests() throws IOException {
    return assembly.manifests();
  }

  @Override
  public void close() throws IOException {
    for (Source blob : blobs) {
      if (blob instanceof RawLayer layer) {
        layer.close();
      }
    }
    file.close();
  }

  /// A blob that is pushed as it lies in the archive.
  record Finished(Blob blob) implements Source {
    @Override
    public long sizeHint() {
      return blob.size();
    }

    @Override
    public Blob finish() {
      return blob;
    }
  }

  /// The manifests, perhaps yet to be made.
  interface Assembly {
    List<Manifest> manifests() throws IOException;
  }
}
