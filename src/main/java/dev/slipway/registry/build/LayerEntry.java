package dev.slipway.registry.build;

import java.io.IOException;
import java.io.InputStream;

/// What a layer puts in one place of the image.
sealed interface LayerEntry {
  int READABLE = 0644;
  int EXECUTABLE = 0755;

  /// The place, from the image's root on and without the first slash: `app/app.jar`.
  String name();

  /// A folder.
  ///
  /// @param mode its permissions
  record Folder(String name, int mode) implements LayerEntry {}

  /// A file.
  ///
  /// @param mode its permissions
  /// @param size in bytes
  record File(String name, int mode, long size, Content content) implements LayerEntry {}

  /// A symbolic link.
  record Link(String name, String target) implements LayerEntry {}

  /// The bytes of a file, which may be read once or more.
  interface Content {
    InputStream open() throws IOException;
  }
}
