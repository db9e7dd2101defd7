package dev.slipway.runner.proxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/// A small HTTP proxy on loopback that wants a login, and answers every plain request itself. A
/// tunnel is opened and closed again.
final class LoopbackProxy implements AutoCloseable {
  /// A request as the proxy saw it.
  ///
  /// @param login the value of `Proxy-Authorization`, empty without
  /// @param authorization what was meant for the server behind, empty without
  record Request(String line, String login, String authorization) {}

  private final ServerSocket server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  LoopbackProxy() throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  /// Those with a login, in the order in which they came.
  List<Request> requests() {
    return requests.stream().filter(request -> !request.login().isEmpty()).toList();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      } catch (SocketException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      Request request = read(reader);
      requests.add(request);
      socket.getOutputStream().write(answer(request).getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // The client has gone; it reports that itself.
      requests.add(new Request("gone", "", ""));
    }
  }

  private static Request read(BufferedReader reader) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = reader.readLine();
        line != null && !line.isEmpty();
        line = reader.readLine()) {
      lines.add(line);
    }
    return new Request(
        lines.isEmpty() ? "" : lines.getFirst(),
        header(lines, "proxy-authorization"),
        header(lines, "authorization"));
  }

  private static String header(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  private static String answer(Request request) {
    String head =
        request.login().isEmpty()
            ? """
            HTTP/1.1 407 Login wanted
            Proxy-Authenticate: Basic realm="proxy"
            Content-Length: 0
            Connection: close

            """
            : request.line().startsWith("CONNECT")
                ? "HTTP/1.1 200 Connected\n\n"
                : "HTTP/1.1 200 OK\nContent-Length: 5\nConnection: close\n\nproxy";
    return head.replace("\n", "\r\n");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
