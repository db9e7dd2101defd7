package dev.slipway.registry.archive;

import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.registry.ImageContent;
import dev.slipway.registry.SourceRepository;
import java.util.List;

/// An image that a registry has, its manifests read and its blobs yet to be.
///
/// @param repository what is read
record RemoteImage(
    Summary summary, List<Source> blobs, List<Manifest> manifests, SourceRepository repository)
    implements ImageContent {

  @Override
  public void close() {
    repository.close();
  }
}
