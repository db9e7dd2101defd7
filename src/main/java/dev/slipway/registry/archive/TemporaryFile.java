package dev.slipway.registry.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file that nobody else can read, and that is gone when it is closed.
final class TemporaryFile {
  private TemporaryFile() {}

  /// A new one, in the folder for temporary files. On Unix it has no name from the start, so that
  /// not even a killed process leaves it behind.
  static FileChannel create() throws IOException {
    Path path = Files.createTempFile("slipway-archive-", ".tmp");
    return FileChannel.open(
        path,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }
}
