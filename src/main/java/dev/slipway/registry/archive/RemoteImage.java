package dev.slipway.registry.archive;

import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.image.ImageName;
import dev.slipway.registry.ImageContent;
import dev.slipway.registry.SourceRepository;
import java.util.List;
import java.util.Optional;

/// An image that a registry has, its manifests read and its blobs yet to be.
///
/// @param from where it is
/// @param repository what is read
record RemoteImage(
    Summary summary,
    List<Source> blobs,
    List<Manifest> manifests,
    ImageName from,
    SourceRepository repository)
    implements ImageContent {

  @Override
  public Optional<ImageName> home() {
    return Optional.of(from);
  }

  @Override
  public void close() {
    repository.close();
  }
}
