package dev.slipway.delivery;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.image.Digest;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// An image as it is after the push.
///
/// @param image with its digest
/// @param pushed what the push took; empty when an earlier step pushed it
public record DeliveredImage(PlannedImage image, Optional<Pushed> pushed) {

  /// Whether this run wrote anything to the registry.
  boolean changed() {
    return pushed.map(Pushed::changed).orElse(false);
  }

  /// What a deploy target may find under the image's name.
  EcsCluster.Content content() {
    return new EcsCluster.Content(changed(), image.digest(), pushed.map(this::parts));
  }

  private Set<Digest> parts(Pushed done) {
    Set<Digest> parts = new HashSet<>(image.push().orElseThrow().summary().parts());
    parts.add(done.digest());
    return Set.copyOf(parts);
  }
}
