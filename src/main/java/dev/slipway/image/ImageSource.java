package dev.slipway.image;

import java.nio.file.Path;

/// Where the image to push comes from.
public sealed interface ImageSource {
  /// The path as the author wrote it, for messages.
  String asWritten();

  /// A file, recognised by its content: an OCI archive, or what `docker save` writes.
  record Archive(String asWritten, Path path) implements ImageSource {}

  /// A tar file of an OCI image layout.
  record OciArchive(String asWritten, Path path) implements ImageSource {}

  /// A tar file that `docker save` wrote.
  record DockerArchive(String asWritten, Path path) implements ImageSource {}
}
