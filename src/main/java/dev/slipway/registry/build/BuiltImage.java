package dev.slipway.registry.build;

import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.registry.ImageContent;
import dev.slipway.registry.archive.LayerPress.Pressed;
import java.io.IOException;
import java.util.List;

/// A built image.
///
/// @param layers whose bytes are in temporary files
/// @param foundation whose layers come out of a registry
record BuiltImage(
    Summary summary,
    List<Source> blobs,
    List<Manifest> manifests,
    List<Pressed> layers,
    Foundation foundation)
    implements ImageContent {
  @Override
  public void close() throws IOException {
    foundation.close();
    for (Pressed layer : layers) {
      layer.close();
    }
  }

  /// A blob that needs no more work.
  record Ready(Blob blob) implements Source {
    @Override
    public long sizeHint() {
      return blob.size();
    }

    @Override
    public Blob finish() {
      return blob;
    }
  }
}
