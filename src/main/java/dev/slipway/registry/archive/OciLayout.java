package dev.slipway.registry.archive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.image.Attestations;
import dev.slipway.image.Digest;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An OCI image layout.
///
/// [Specification](https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md).
///
/// @param files what it lies in
/// @param roots what `index.json` lists; the several names of one image count once
record OciLayout(ImageFiles files, Collection<Descriptor> roots) {
  static final String INDEX = "index.json";
  private static final String VERSION_FILE = "oci-layout";
  private static final String VERSION = "1.0.0";
  private static final String NAME = "org.opencontainers.image.ref.name";

  /// Reads `index.json`.
  ///
  /// @param reference the name of the one image that counts; empty: all of them do
  /// @throws Refused when it is malformed, or has no image of that name
  static OciLayout read(ImageFiles files, Optional<String> reference) throws IOException {
    // The specification demands the file, but it says nothing that a reader depends on.
    if (files.has(VERSION_FILE)) {
      JsonDocument layout = JsonDocument.read(VERSION_FILE, files.required(VERSION_FILE));
      String version = layout.text(layout.tree(), "imageLayoutVersion");
      if (!version.equals(VERSION)) {
        throw ImageProblems.layoutVersion(version);
      }
    }
    JsonDocument index = JsonDocument.read(INDEX, files.required(INDEX));
    Map<Digest, Descriptor> roots = new LinkedHashMap<>();
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode entry : index.list(index.tree(), "manifests")) {
      Descriptor root = Descriptor.parse(index, entry);
      String name = entry.path("annotations").path(NAME).asText();
      names.add(name);
      if (reference.isEmpty() || reference.get().equals(name)) {
        roots.putIfAbsent(root.digest(), root);
      }
    }
    if (reference.isPresent() && roots.isEmpty()) {
      names.remove("");
      throw ImageProblems.noImageCalled(reference.get(), names);
    }
    return new OciLayout(files, roots.values());
  }

  /// Whether an image is an index of images, for several platforms or with attestations.
  boolean holdsIndex() {
    return roots.stream().anyMatch(root -> MediaTypes.isIndex(root.mediaType()));
  }

  /// The image. `index.json` itself is never pushed: it is the archive's table of contents, and
  /// several entries in it are several images.
  ///
  /// @throws Refused unless there is exactly one, whole
  FinishedImage image(Attestations attestations) throws IOException {
    if (roots.isEmpty()) {
      throw ImageProblems.noImage();
    }
    if (roots.size() > 1) {
      throw ImageProblems.severalImages(roots.stream().map(Descriptor::label).toList());
    }
    return new OciWalk(files, attestations).from(roots.iterator().next());
  }
}
