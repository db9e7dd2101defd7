package dev.slipway.registry.archive;

/// What a tar file has under a name.
sealed interface TarEntry {
  /// A regular file.
  record File(Slice content) implements TarEntry {}

  /// A symbolic or hard link.
  ///
  /// @param target normalised name of another entry
  record Link(String target) implements TarEntry {}

  /// A directory.
  record Folder() implements TarEntry {}
}
