package dev.slipway.registry.archive;

import dev.slipway.image.ImageSource.DockerDaemon;
import dev.slipway.registry.engine.DockerEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// The archive that the Docker engine makes of an image, kept in one temporary file: what it holds
/// is written at its end, and the engine sends it only forwards.
final class EngineArchive {
  private static final int END = 2048;

  private EngineArchive() {}

  /// Looks first, because the answer to a missing image is clearer then, and comes at once.
  ///
  /// @throws dev.slipway.problem.ActionException when the engine does not have it
  static FileChannel spool(DockerEngine engine, DockerDaemon image) throws IOException {
    engine.check(image);
    FileChannel file = TemporaryFile.create();
    try {
      engine.save(image, (bytes, length) -> append(file, ByteBuffer.wrap(bytes, 0, length)));
      Slice all = Slice.of(file);
      int length = (int) Math.min(END, all.size());
      engine.checkEnd(image, new Slice(file, all.size() - length, length).head(length));
      return file;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static void append(FileChannel file, ByteBuffer bytes) throws IOException {
    if (file.position() + bytes.remaining() > Limits.SAVED) {
      throw FileProblems.savedTooMuch();
    }
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }
}
