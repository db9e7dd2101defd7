package dev.slipway.registry.archive;

import dev.slipway.image.Digest;
import dev.slipway.image.Platform;
import dev.slipway.registry.ImageContent.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An image whose manifests lie ready in the archive.
///
/// @param manifests what refers to another comes after it, the root is last
/// @param blobs configs and layers of all manifests
/// @param platforms without attestations
/// @param layers distinct layers of the platforms
/// @param stripped manifests that were left out, and are named by indexes here
record FinishedImage(
    List<Manifest> manifests,
    Map<Digest, Slice> blobs,
    List<Platform> platforms,
    int layers,
    Set<Digest> stripped) {}
