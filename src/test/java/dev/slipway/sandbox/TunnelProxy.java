package dev.slipway.sandbox;

import dev.slipway.sandbox.HttpWire.Head;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A company's way out: a proxy on loopback that opens tunnels for those who sign in, whatever name
/// they ask for to the same port of this machine.
public final class TunnelProxy implements AutoCloseable {
  /// Part of [#url]; must appear in no output.
  public static final String PASSWORD = "canary-proxy-password";

  /// What signs in to it.
  public static final String LOGIN =
      "Basic "
          + Base64.getEncoder()
              .encodeToString(("deploy:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

  private final Listener listener = new Listener();
  private final List<Head> requests = new CopyOnWriteArrayList<>();

  private TunnelProxy() {}

  /// Starts on a free port.
  public static TunnelProxy start() {
    TunnelProxy proxy = new TunnelProxy();
    proxy.listener.start(proxy::serve);
    return proxy;
  }

  /// What `HTTPS_PROXY` says.
  public String url() {
    return "http://deploy:%s@127.0.0.1:%d".formatted(PASSWORD, listener.port());
  }

  /// The hosts to which a tunnel was opened.
  public List<String> hosts() {
    return requests.stream()
        .filter(TunnelProxy::isSignedIn)
        .map(head -> target(head).getHost())
        .distinct()
        .sorted()
        .toList();
  }

  /// Everything that the proxy itself could read.
  public String heard() {
    return String.join("", requests.stream().map(Head::text).toList());
  }

  /// Of "CONNECT host:port HTTP/1.1".
  private static URI target(Head head) {
    String line = head.firstLine();
    return URI.create("//" + line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' ')));
  }

  private static boolean isSignedIn(Head head) {
    return LOGIN.equals(head.headers().get("Proxy-Authorization"));
  }

  private void serve(Socket client) throws IOException {
    for (Optional<Head> head = HttpWire.readHead(client.getInputStream());
        head.isPresent();
        head = HttpWire.readHead(client.getInputStream())) {
      requests.add(head.get());
      if (isSignedIn(head.get())) {
        tunnel(client, target(head.get()).getPort());
        return;
      }
      answer(
          client,
          "407 Login wanted\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0");
    }
  }

  private void tunnel(Socket client, int port) throws IOException {
    Socket upstream = listener.connect("127.0.0.1", port);
    answer(client, "200 Connected");
    listener.relay(client, upstream);
  }

  private static void answer(Socket client, String head) throws IOException {
    client
        .getOutputStream()
        .write("HTTP/1.1 %s\r\n\r\n".formatted(head).getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() {
    listener.close();
  }
}
