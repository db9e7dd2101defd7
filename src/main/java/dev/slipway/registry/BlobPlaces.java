package dev.slipway.registry;

import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.registry.ImageContent.Blob;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Which repositories have which blobs, as far as this run has seen it.
final class BlobPlaces {
  private final Map<Digest, Set<ImageName>> seen = new ConcurrentHashMap<>();

  /// The repository has the blob.
  void add(Digest blob, ImageName repository) {
    seen.computeIfAbsent(blob, _ -> ConcurrentHashMap.newKeySet()).add(repository);
  }

  boolean has(Digest blob, ImageName repository) {
    return in(blob).contains(repository);
  }

  /// Another repository of the same registry that has the blob.
  Optional<ImageName> beside(Blob blob, ImageName repository) {
    return Stream.concat(in(blob.digest()).stream(), blob.home().stream())
        .filter(place -> place.registry().equals(repository.registry()))
        .filter(place -> !place.equals(repository))
        .findFirst();
  }

  private Set<ImageName> in(Digest blob) {
    return seen.getOrDefault(blob, Set.of());
  }
}
