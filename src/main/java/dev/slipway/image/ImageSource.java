package dev.slipway.image;

import java.nio.file.Path;
import java.util.Optional;

/// Where the image to push comes from.
public sealed interface ImageSource {
  /// The path or reference as the author wrote it, for messages.
  String asWritten();

  /// A file that holds the image.
  sealed interface InFile extends ImageSource {
    Path path();
  }

  /// A file, recognised by its content: an OCI archive, or what `docker save` writes.
  record Archive(String asWritten, Path path) implements InFile {}

  /// A tar file of an OCI image layout.
  record OciArchive(String asWritten, Path path) implements InFile {}

  /// A tar file that `docker save` wrote.
  record DockerArchive(String asWritten, Path path) implements InFile {}

  /// An image that a registry has already. It is copied, all platforms and attestations included.
  ///
  /// @param tag what to look for where no digest is given
  /// @param digest what the image must be
  record InRegistry(String asWritten, ImageName name, Tag tag, Optional<Digest> digest)
      implements ImageSource {

    /// What to ask the registry for.
    public String reference() {
      return digest.map(Digest::value).orElseGet(tag::value);
    }
  }
}
