package dev.slipway.runner.input;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/// Opens files whose links were all resolved when they were looked at, and follows no link that has
/// taken the place of a file or a folder since: what an earlier step has left running may exchange
/// them at any moment, and would have a file of the system published.
final class WithoutLinks {
  private WithoutLinks() {}

  /// Opens `real` for reading.
  ///
  /// @param root a folder above it, which nobody in the job can exchange
  /// @throws IOException when a link is on the way
  static SeekableByteChannel open(Path root, Path real) throws IOException {
    try (DirectoryStream<Path> folder = Files.newDirectoryStream(root)) {
      return open(secure(folder, root), root.relativize(real));
    }
  }

  private static SeekableByteChannel open(SecureDirectoryStream<Path> folder, Path path)
      throws IOException {
    if (path.getNameCount() == 1) {
      return folder.newByteChannel(
          path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }
    Path name = path.getName(0);
    try (DirectoryStream<Path> below = folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      return open(secure(below, name), path.subpath(1, path.getNameCount()));
    }
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> folder, Path path)
      throws IOException {
    if (folder instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    throw new NotDirectoryException(path.toString());
  }
}
