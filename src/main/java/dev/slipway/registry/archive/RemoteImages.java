package dev.slipway.registry.archive;

import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.image.ImageSource;
import dev.slipway.image.ImageSource.InRegistry;
import dev.slipway.registry.ImageContent;
import dev.slipway.registry.ImageContent.Source;
import dev.slipway.registry.SourceRegistries;
import dev.slipway.registry.SourceRepository;
import dev.slipway.registry.SourceUse;
import dev.slipway.registry.archive.OpenedImage.Finished;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Images that registries have. What [#inspect] has read stays until [#open] hands it out: what was
/// planned is what is pushed, even when the tag is moved meanwhile.
final class RemoteImages implements AutoCloseable {
  private final Map<ImageSource, RemoteImage> inspected = new ConcurrentHashMap<>();
  private final SourceRegistries registries;

  RemoteImages(SourceRegistries registries) {
    this.registries = registries;
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

  private static RemoteImage read(InRegistry source, SourceRepository repository) {
    RemoteWalk walk = new RemoteWalk(repository);
    walk.from(source.reference(), source.digest());
    List<Source> blobs =
        walk.blobs().entrySet().stream()
            .<Source>map(blob -> new Finished(repository.blob(blob.getKey(), blob.getValue())))
            .toList();
    Summary summary =
        new Summary(
            "image in " + source.name().registry(),
            Optional.of(walk.manifests().getLast().digest()),
            walk.platforms(),
            walk.layers(),
            blobs.stream().mapToLong(Source::sizeHint).sum());
    return new RemoteImage(summary, blobs, walk.manifests(), repository);
  }
}
