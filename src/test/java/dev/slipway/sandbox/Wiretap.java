package dev.slipway.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// A second address of a server on loopback that keeps every byte sent to it, so that it can be
/// told which secret went there.
public final class Wiretap implements AutoCloseable {
  private final URI server;
  private final Listener listener = new Listener();
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  private Wiretap(URI server) {
    this.server = server;
  }

  /// Listens before the server at `server`.
  public static Wiretap before(URI server) {
    Wiretap tap = new Wiretap(server);
    tap.listener.start(tap::relay);
    return tap;
  }

  private void relay(Socket client) throws IOException {
    Socket upstream = listener.connect(server.getHost(), server.getPort());
    listener.relay(client, overheard(client.getInputStream()), upstream);
  }

  private InputStream overheard(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
          heard.write(buffer, offset, read);
        }
        return read;
      }
    };
  }

  /// The server's address by way of this one.
  public URI uri() {
    return URI.create(server.toString().replace(":" + server.getPort(), ":" + listener.port()));
  }

  /// Everything that was sent so far.
  public String heard() {
    return heard.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    listener.close();
  }
}
