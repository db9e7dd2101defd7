package dev.slipway.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ServerSocketFactory;

/// A free port on loopback, and every connection that has to do with it: all end when it is closed.
final class Listener implements AutoCloseable {
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /// What is done with one connection. It is closed afterwards, and when somebody hangs up.
  interface Service {
    void serve(Socket client) throws IOException;
  }

  Listener() {
    this(ServerSocketFactory.getDefault(), "127.0.0.1");
  }

  /// @param factory speaks TLS, say
  /// @param address of this machine
  Listener(ServerSocketFactory factory, String address) {
    try {
      this.server = factory.createServerSocket(0, 0, InetAddress.ofLiteral(address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /// Serves each connection on a thread of its own.
  void start(Service service) {
    threads.execute(() -> {
      while (!server.isClosed()) {
        try {
          Socket client = server.accept();
          open.add(client);
          threads.execute(() -> serve(client, service));
        } catch (IOException _) {
          // Closed, now or in the next round.
        }
      }
    });
  }

  private void serve(Socket client, Service service) {
    try (client) {
      service.serve(client);
    } catch (IOException _) {
      // One side hung up; who minds, reports it itself.
    } finally {
      open.remove(client);
    }
  }

  /// A connection to somewhere else, on behalf of a client.
  Socket connect(String host, int port) throws IOException {
    Socket upstream = new Socket(host, port);
    open.add(upstream);
    return upstream;
  }

  /// Carries everything both ways, until one side hangs up.
  void relay(Socket client, Socket upstream) throws IOException {
    relay(client, client.getInputStream(), upstream);
  }

  /// The same of what is read from `client` in another way.
  void relay(Socket client, InputStream fromClient, Socket upstream) throws IOException {
    threads.execute(() ->
        serve(
            upstream,
            answering -> {
              try (client) {
                answering.getInputStream().transferTo(client.getOutputStream());
              }
            }));
    try (upstream) {
      fromClient.transferTo(upstream.getOutputStream());
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
    threads.close();
  }
}
