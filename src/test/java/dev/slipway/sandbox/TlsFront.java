package dev.slipway.sandbox;

import java.net.URI;
import javax.net.ssl.SSLContext;

/// A second address of a server on loopback, with TLS in front of it.
public final class TlsFront implements AutoCloseable {
  private final URI server;
  private final Listener listener;

  private TlsFront(URI server, Listener listener) {
    this.server = server;
    this.listener = listener;
  }

  /// Listens before the plain server at `server`, with the certificate of `identity`.
  public static TlsFront before(URI server, SSLContext identity) {
    return before(server, identity, "127.0.0.1");
  }

  /// The same at another address of this machine, which containers reach.
  public static TlsFront before(URI server, SSLContext identity, String address) {
    Listener listener = new Listener(identity.getServerSocketFactory(), address);
    listener.start(
        client -> listener.relay(client, listener.connect(server.getHost(), server.getPort())));
    return new TlsFront(server, listener);
  }

  /// The server's address by way of this one, under a name.
  public URI uri(String host) {
    return URI.create("https://%s:%d%s".formatted(host, listener.port(), server.getPath()));
  }

  @Override
  public void close() {
    listener.close();
  }
}
