package dev.slipway.registry.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.image.Attestations;
import dev.slipway.image.ImageSource;
import dev.slipway.problem.ActionException;
import dev.slipway.registry.ImageContent;
import dev.slipway.sandbox.ImageLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// What may become of an archive: an image whose digests are true, or one problem.
final class PushedOrRefused {
  private static final FileImageArchives ARCHIVES =
      new FileImageArchives(Attestations.KEEP, ArchiveTest.NO_BUILDER);

  private PushedOrRefused() {}

  /// Reads the bytes as an archive. Everything else that comes out is thrown on.
  static void check(byte[] archive) throws IOException {
    Path path = Files.createTempFile("slipway-fuzz-", ".tar");
    try {
      push(new ImageSource.Archive("image.tar", Files.write(path, archive)));
    } catch (ActionException refused) {
      assertThat(refused.problems()).hasSize(1);
    } finally {
      Files.delete(path);
    }
  }

  private static void push(ImageSource.Local source) throws IOException {
    try (ImageContent content = ARCHIVES.open(source)) {
      for (ImageContent.Source blob : content.blobs()) {
        ImageContent.Blob finished = blob.finish();
        try (InputStream in = finished.bytes().open()) {
          assertThat(ImageLayout.digest(in.readAllBytes())).isEqualTo(finished.digest());
        }
      }
      for (ImageContent.Manifest manifest : content.manifests()) {
        assertThat(ImageLayout.digest(manifest.content().bytes())).isEqualTo(manifest.digest());
      }
    }
  }
}
