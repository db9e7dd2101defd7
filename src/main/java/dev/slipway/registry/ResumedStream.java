package dev.slipway.registry;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// A download that begins anew where the network tore it, so that an upload that feeds on it does
/// not have to.
final class ResumedStream extends InputStream {
  private static final int RESUMPTIONS = 5;

  private final Opening opening;
  private InputStream stream;
  private long position;
  private int resumed;

  ResumedStream(Opening opening) throws IOException {
    this.opening = opening;
    this.stream = opening.open();
  }

  /// Opens the same bytes every time.
  interface Opening {
    InputStream open() throws IOException;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int start, int length) throws IOException {
    Objects.checkFromIndexSize(start, length, target.length);
    while (true) {
      try {
        int read = stream.read(target, start, length);
        position += Math.max(0, read);
        return read;
      } catch (IOException e) {
        resume(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  private void resume(IOException torn) throws IOException {
    if (++resumed > RESUMPTIONS) {
      throw torn;
    }
    stream.close();
    stream = opening.open();
    stream.skipNBytes(position);
  }
}
