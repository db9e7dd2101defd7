package dev.slipway.registry.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.image.Attestations;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageSource;
import dev.slipway.registry.ImageContent;
import dev.slipway.registry.ImageContent.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// What tests of archives have in common.
abstract class ArchiveTest {
  static final ImageBuilder NO_BUILDER =
      (_, _) -> {
        throw new AssertionError("nothing is built here");
      };

  final FileImageArchives archives = new FileImageArchives(Attestations.KEEP, NO_BUILDER);

  @TempDir Path folder;

  @AfterEach
  void close() throws IOException {
    archives.close();
  }

  static ImageSource.Local archive(Path path) {
    return new ImageSource.Archive("dist/" + path.getFileName(), path);
  }

  /// Everything that a push would send.
  ///
  /// @param blobs by the digest that the archive claims
  /// @param manifests in the order of pushing
  record Pushed(Map<Digest, byte[]> blobs, List<Manifest> manifests) {
    /// The text of the root.
    String root() {
      return new String(manifests.getLast().content().bytes(), UTF_8);
    }
  }

  Pushed push(ImageSource.Local source) throws IOException {
    return push(archives, source);
  }

  static Pushed push(FileImageArchives archives, ImageSource.Local source) throws IOException {
    Map<Digest, byte[]> blobs = new LinkedHashMap<>();
    try (ImageContent content = archives.open(source)) {
      for (ImageContent.Source blob : content.blobs()) {
        ImageContent.Blob finished = blob.finish();
        try (InputStream in = finished.bytes().open()) {
          blobs.put(finished.digest(), in.readAllBytes());
        }
      }
      return new Pushed(blobs, new ArrayList<>(content.manifests()));
    }
  }
}
