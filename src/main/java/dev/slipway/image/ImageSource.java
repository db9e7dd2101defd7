package dev.slipway.image;

import java.nio.file.Path;
import java.util.Optional;

/// Where the image to push comes from.
public sealed interface ImageSource {
  /// The path, name or reference as the author wrote it, for messages.
  String asWritten();

  /// An image on this machine.
  sealed interface Local extends ImageSource {}

  /// A file, recognised by its content: an OCI archive, or what `docker save` writes.
  record Archive(String asWritten, Path path) implements Local {}

  /// A tar file of an OCI image layout.
  record OciArchive(String asWritten, Path path) implements Local {}

  /// A tar file that `docker save` wrote.
  record DockerArchive(String asWritten, Path path) implements Local {}

  /// A folder that is an OCI image layout.
  ///
  /// @param reference the name of one image in it; empty: there is only one
  record OciFolder(String asWritten, Path path, Optional<String> reference) implements Local {}

  /// An image in the Docker engine of this machine.
  record DockerDaemon(String asWritten, EngineImageName name) implements Local {}

  /// An image that a registry has already. It is copied, all platforms included.
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

  /// An image that is made of files of this job, on a base image.
  sealed interface Built extends Local {
    ContainerSettings settings();
  }

  /// A jar that `java -jar` starts, Spring Boot's kind taken apart into layers.
  record ExecutableJar(String asWritten, Path path, ContainerSettings settings) implements Built {}

  /// A folder of files, less what its `.dockerignore` says.
  ///
  /// @param target the absolute folder in the image, which is its working directory, too
  record Folder(String asWritten, Path path, String target, ContainerSettings settings)
      implements Built {}
}
