package dev.slipway.registry.archive;

import dev.slipway.image.Digest;
import dev.slipway.image.ImageSource;
import dev.slipway.registry.ImageContent.Blob;
import dev.slipway.registry.ImageContent.Source;
import dev.slipway.registry.archive.ParallelGzip.Compressed;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// A layer that is compressed when it is needed. It was checked before; it is checked again on the
/// way, because a config must never meet a layer that somebody changed meanwhile.
final class RawLayer implements Source, AutoCloseable {
  private final DockerSave.Layer layer;
  private final Fingerprint checked;
  private final ParallelGzip gzip;
  private final FutureTask<Blob> once;
  private Optional<FileChannel> file = Optional.empty();

  /// @param checked what it was like then
  /// @param source for messages
  RawLayer(DockerSave.Layer layer, Fingerprint checked, ParallelGzip gzip, ImageSource source) {
    this.layer = layer;
    this.checked = checked;
    this.gzip = gzip;
    this.once = new FutureTask<>(() -> compress(source));
  }

  @Override
  public long sizeHint() {
    return layer.content().size();
  }

  @Override
  public Blob finish() throws IOException {
    once.run();
    try {
      return once.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case null, default -> throw new IOException(e.getCause());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a layer was compressed");
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }

  private Blob compress(ImageSource source) {
    try {
      Compressed compressed = gzip.compress(layer.content(), newFile());
      if (compressed.rawCrc32() != checked.crc32()) {
        Digest now = Sha256.of(layer.content());
        throw ImageProblems.wrongDiffId(layer.name(), layer.diffId(), now);
      }
      return compressed.blob();
    } catch (Refused e) {
      throw e.in(source);
    } catch (IOException e) {
      throw FileProblems.unreadable(e).in(source);
    }
  }

  private synchronized FileChannel newFile() throws IOException {
    FileChannel created = TemporaryFile.create();
    file = Optional.of(created);
    return created;
  }
}
