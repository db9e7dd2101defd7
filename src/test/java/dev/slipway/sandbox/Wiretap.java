package dev.slipway.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A second address of a server on loopback that keeps every byte sent to it, so that it can be
/// told which secret went there.
public final class Wiretap implements AutoCloseable {
  private final URI server;
  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  private Wiretap(URI server, ServerSocket socket) {
    this.server = server;
    this.socket = socket;
  }

  /// Listens before the server at `server`.
  public static Wiretap before(URI server) {
    try {
      Wiretap tap = new Wiretap(server, new ServerSocket(0, 0, InetAddress.ofLiteral("127.0.0.1")));
      tap.threads.execute(tap::accept);
      return tap;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The server's address by way of this one.
  public URI uri() {
    return URI.create(
        server.toString().replace(":" + server.getPort(), ":" + socket.getLocalPort()));
  }

  /// Everything that was sent so far.
  public String heard() {
    return heard.toString(StandardCharsets.ISO_8859_1);
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
        threads.execute(() -> copy(client, upstream, heard));
        threads.execute(() -> copy(upstream, client, OutputStream.nullOutputStream()));
      } catch (IOException _) {
        // Closed, now or in the next round.
      }
    }
  }

  private static void copy(Socket from, Socket to, OutputStream listener) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        listener.write(buffer, 0, read);
        to.getOutputStream().write(buffer, 0, read);
      }
    } catch (IOException _) {
      // One side hung up.
    }
  }
}
