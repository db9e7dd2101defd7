package dev.slipway.registry.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/// A Unix domain socket in the form that Apache's HTTP classes know; Java offers only a channel.
final class ChannelSocket extends Socket {
  private final SocketChannel channel;
  private final Selector readable;
  private final Duration silence;

  private ChannelSocket(SocketChannel channel, Selector readable, Duration silence) {
    this.channel = channel;
    this.readable = readable;
    this.silence = silence;
  }

  /// Connects.
  ///
  /// @param silence how long a read waits for the next byte
  static ChannelSocket connect(Path path, Duration silence) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      // One that waits would wait without an end for an engine that accepts nobody.
      channel.configureBlocking(false);
      if (!channel.connect(UnixDomainSocketAddress.of(path))) {
        throw new SocketTimeoutException("it accepts no connection");
      }
      channel.configureBlocking(true);
      return new ChannelSocket(channel, Selector.open(), silence);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /// For the request, before anything is read.
  @Override
  public OutputStream getOutputStream() {
    return Channels.newOutputStream(channel);
  }

  @Override
  public InputStream getInputStream() {
    return new PatientStream();
  }

  @Override
  public void close() throws IOException {
    readable.close();
    channel.close();
    super.close();
  }

  private final class PatientStream extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
      if (channel.isBlocking()) {
        channel.configureBlocking(false);
        channel.register(readable, SelectionKey.OP_READ);
      }
      ByteBuffer piece = ByteBuffer.wrap(target, start, length);
      int read = channel.read(piece);
      while (read == 0 && length > 0) {
        await();
        read = channel.read(piece);
      }
      return read;
    }

    private void await() throws IOException {
      if (readable.select(silence.toMillis()) == 0) {
        throw new SocketTimeoutException(
            "it was silent for %d seconds".formatted(silence.toSeconds()));
      }
      readable.selectedKeys().clear();
    }
  }
}
