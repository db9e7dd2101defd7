package dev.slipway.registry.archive;

import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.image.Attestations;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageSource;
import dev.slipway.image.ImageSource.InRegistry;
import dev.slipway.registry.ImageContent;
import dev.slipway.registry.ImageContent.Manifest;
import dev.slipway.registry.ImageContent.Source;
import dev.slipway.registry.SourceRegistries;
import dev.slipway.registry.SourceRepository;
import dev.slipway.registry.SourceUse;
import dev.slipway.registry.archive.OpenedImage.Finished;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Images that registries have. What [#inspect] has read stays until [#open] hands it out: what was
/// planned is what is pushed, even when the tag is moved meanwhile.
final class RemoteImages implements AutoCloseable {
  private final Map<ImageSource, RemoteImage> inspected = new ConcurrentHashMap<>();
  private final SourceRegistries registries;
  private final Attestations attestations;

  /// @param attestations what becomes of those of an image
  RemoteImages(SourceRegistries registries, Attestations attestations) {
    this.registries = registries;
    this.attestations = attestations;
  }

  Summary inspect(InRegistry source) {
    return inspected.computeIfAbsent(source, _ -> load(source)).summary();
  }

  ImageContent open(InRegistry source) {
    return Optional.ofNullable(inspected.remove(source)).orElseGet(() -> load(source));
  }

  /// Lets go of what was inspected and never opened.
  @Override
  public void close() {
    inspected.values().forEach(RemoteImage::close);
    inspected.clear();
  }

  private RemoteImage load(InRegistry source) {
    SourceRepository repository = registries.open(source.name(), SourceUse.COPY);
    try {
      return read(source, repository);
    } catch (Refused e) {
      repository.close();
      throw e.in(source);
    } catch (RuntimeException e) {
      repository.close();
      throw e;
    }
  }

  private RemoteImage read(InRegistry source, SourceRepository repository) {
    RemoteWalk walk = new RemoteWalk(repository, attestations);
    walk.from(source.reference(), source.digest());
    List<Source> blobs =
        walk.blobs().entrySet().stream()
            .<Source>map(blob -> new Finished(repository.blob(blob.getKey(), blob.getValue())))
            .toList();
    List<Manifest> manifests = StrippedIndexes.of(walk.manifests(), walk.stripped());
    Digest digest = manifests.getLast().digest();
    Digest before = walk.manifests().getLast().digest();
    Summary summary =
        new Summary(
            "image in " + source.name().registry(),
            Optional.of(digest),
            walk.platforms(),
            walk.layers(),
            blobs.stream().mapToLong(Source::sizeHint).sum(),
            Optional.of(before).filter(other -> !other.equals(digest)),
            manifests.stream().map(Manifest::digest).collect(Collectors.toSet()));
    return new RemoteImage(summary, blobs, manifests, repository);
  }
}
