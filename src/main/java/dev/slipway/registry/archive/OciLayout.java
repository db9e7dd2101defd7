package dev.slipway.registry.archive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.image.Digest;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// An OCI image layout in a tar file.
///
/// [Specification](https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md).
///
/// @param tar the file
/// @param roots what `index.json` lists; the several names of one image count once
record OciLayout(TarIndex tar, Collection<Descriptor> roots) {
  static final String INDEX = "index.json";
  private static final String VERSION_FILE = "oci-layout";
  private static final String VERSION = "1.0.0";

  static OciLayout read(TarIndex tar) throws IOException {
    // The specification demands the file, but it says nothing that a reader depends on.
    if (tar.has(VERSION_FILE)) {
      JsonDocument layout = JsonDocument.read(VERSION_FILE, tar.required(VERSION_FILE));
      String version = layout.text(layout.tree(), "imageLayoutVersion");
      if (!version.equals(VERSION)) {
        throw ImageProblems.layoutVersion(version);
      }
    }
    JsonDocument index = JsonDocument.read(INDEX, tar.required(INDEX));
    Map<Digest, Descriptor> roots = new LinkedHashMap<>();
    for (JsonNode entry : index.list(index.tree(), "manifests")) {
      Descriptor root = Descriptor.parse(index, entry);
      roots.putIfAbsent(root.digest(), root);
    }
    return new OciLayout(tar, roots.values());
  }

  /// Whether an image is an index of images, for several platforms or with attestations.
  boolean holdsIndex() {
    return roots.stream().anyMatch(root -> MediaTypes.isIndex(root.mediaType()));
  }

  /// The image. `index.json` itself is never pushed: it is the archive's table of contents, and
  /// several entries in it are several images.
  ///
  /// @throws Refused unless there is exactly one, whole
  FinishedImage image() throws IOException {
    if (roots.isEmpty()) {
      throw ImageProblems.noImage();
    }
    if (roots.size() > 1) {
      throw ImageProblems.severalImages(roots.stream().map(Descriptor::label).toList());
    }
    return new OciWalk(tar).from(roots.iterator().next());
  }
}
