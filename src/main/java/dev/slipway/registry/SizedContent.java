package dev.slipway.registry;

import com.google.cloud.tools.jib.blob.Blobs;
import com.google.cloud.tools.jib.http.BlobHttpContent;
import dev.slipway.registry.ImageContent.Blob;
import dev.slipway.registry.ImageContent.Bytes;
import dev.slipway.registry.ImageContent.Manifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/// The body of a request, of known length. Jib's own is sent in chunks without a length, which some
/// registries take only slowly.
final class SizedContent extends BlobHttpContent {
  private static final int BUFFER_BYTES = 128 * 1024;
  private static final Duration STALLED = Duration.ofMinutes(2);

  private final Bytes bytes;
  private final long size;

  private SizedContent(Bytes bytes, long size, String mediaType) {
    super(Blobs.from(""), mediaType);
    this.bytes = bytes;
    this.size = size;
  }

  static SizedContent of(Blob blob) {
    return new SizedContent(blob.bytes(), blob.size(), "application/octet-stream");
  }

  static SizedContent of(Manifest manifest) {
    byte[] content = manifest.content().bytes();
    return new SizedContent(
        () -> new ByteArrayInputStream(content), content.length, manifest.mediaType());
  }

  /// The image could not be read while it was sent: no fault of the registry's, and no use in
  /// trying again.
  static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message, IOException cause) {
      super(message, cause);
    }
  }

  @Override
  public long getLength() {
    return size;
  }

  @Override
  public boolean retrySupported() {
    return true;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    StallGuard.watch(STALLED, guard -> copy(out, guard));
  }

  private void copy(OutputStream out, StallGuard guard) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long sent = 0;
    try (InputStream in = open()) {
      for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
        out.write(buffer, 0, read);
        guard.moved();
        sent += read;
      }
    }
    if (sent != size) {
      throw new Unreadable(
          "%d bytes were expected, %d were there".formatted(size, sent),
          new IOException("changed"));
    }
    out.flush();
  }

  private InputStream open() throws IOException {
    try {
      return bytes.open();
    } catch (SourceFailure e) {
      throw e;
    } catch (IOException e) {
      throw new Unreadable(String.valueOf(e.getMessage()), e);
    }
  }

  private static int read(InputStream in, byte[] buffer) throws IOException {
    try {
      return in.read(buffer);
    } catch (SourceFailure e) {
      throw e;
    } catch (IOException e) {
      throw new Unreadable(String.valueOf(e.getMessage()), e);
    }
  }
}
