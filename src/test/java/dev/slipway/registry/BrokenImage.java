package dev.slipway.registry;

import dev.slipway.delivery.ImageArchives.Summary;
import java.io.IOException;
import java.util.List;

/// An image whose bytes cannot be read when they are wanted.
record BrokenImage(MadeImage image) implements ImageContent {
  @Override
  public Summary summary() {
    return image.summary();
  }

  @Override
  public List<Source> blobs() {
    return image.blobs().stream().<Source>map(Broken::new).toList();
  }

  @Override
  public List<Manifest> manifests() {
    return image.manifests();
  }

  @Override
  public void close() {}

  private record Broken(Source source) implements Source {
    @Override
    public long sizeHint() {
      return source.sizeHint();
    }

    @Override
    public Blob finish() throws IOException {
      Blob blob = source.finish();
      return new Blob(
          blob.digest(),
          blob.size(),
          () -> {
            throw new IOException("the disk is gone");
          });
    }
  }
}
