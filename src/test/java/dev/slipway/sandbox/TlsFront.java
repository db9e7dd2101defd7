package dev.slipway.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/// A second address of a server on loopback, with TLS in front of it.
public final class TlsFront implements AutoCloseable {
  private final URI server;
  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private TlsFront(URI server, ServerSocket socket) {
    this.server = server;
    this.socket = socket;
  }

  /// Listens before the plain server at `server`, with the certificate of `identity`.
  public static TlsFront before(URI server, SSLContext identity) {
    return before(server, identity, "127.0.0.1");
  }

  /// The same at another address of this machine, which containers reach.
  public static TlsFront before(URI server, SSLContext identity, String address) {
    try {
      TlsFront front =
          new TlsFront(
              server,
              identity
                  .getServerSocketFactory()
                  .createServerSocket(0, 0, InetAddress.ofLiteral(address)));
      front.threads.execute(front::accept);
      return front;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The server's address by way of this one, under a name.
  public URI uri(String host) {
    return URI.create("https://%s:%d%s".formatted(host, socket.getLocalPort(), server.getPath()));
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket connection : open) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
    threads.close();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Socket upstream = new Socket(server.getHost(), server.getPort());
        open.add(client);
        open.add(upstream);
        threads.execute(() -> relay(client, upstream));
        threads.execute(() -> relay(upstream, client));
      } catch (IOException _) {
        // Closed, now or in the next round.
      }
    }
  }

  static void relay(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // One side hung up, or did not like the certificate.
    }
  }
}
