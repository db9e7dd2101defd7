package dev.slipway.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// An Argo CD on loopback that plays scripts: each look at an application shows its next scripted
/// answer, and the last one for ever. Refreshes, syncs and everything else have scripts of their
/// own.
public final class FakeArgoCd implements AutoCloseable {
  private static final Reply OK = Reply.ok("{}");

  private final HttpServer server;
  private final Map<String, Deque<Supplier<Reply>>> scripts = new ConcurrentHashMap<>();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

  private FakeArgoCd(HttpServer server) {
    this.server = server;
  }

  /// One request as it arrived.
  ///
  /// @param target path and query
  public record Request(String method, String target, String authorization, String body) {
    @Override
    public String toString() {
      return method + " " + target;
    }
  }

  /// A scripted answer.
  public record Reply(int status, String body, Map<String, String> headers) {
    /// The connection ends without an answer.
    public static final Reply CUT = new Reply(0, "", Map.of());

    /// A good answer.
    public static Reply ok(String body) {
      return new Reply(200, body, Map.of());
    }

    /// A refusal in Argo CD's own words.
    ///
    /// @param code a gRPC code
    public static Reply error(int status, int code, String message) {
      return new Reply(
          status,
          "{\"error\":\"%s\",\"code\":%d,\"message\":\"%s\"}".formatted(message, code, message),
          Map.of());
    }
  }

  /// Starts one on a free port.
  public static FakeArgoCd start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      FakeArgoCd fake = new FakeArgoCd(server);
      server.createContext("/", fake::answer);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return fake;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What `argocd-server` says.
  public URI uri() {
    return URI.create(
        "http://%s:%d/argocd"
            .formatted(
                server.getAddress().getAddress().getHostAddress(), server.getAddress().getPort()));
  }

  /// Scripts the looks at an application: JSON of the application, one after the other.
  public FakeArgoCd application(String name, List<String> states) {
    states.forEach(state -> on("GET " + name, Reply.ok(state)));
    return this;
  }

  /// Scripts another look, or another request: `GET shop`, `REFRESH shop`, `SYNC shop`,
  /// `managed-resources shop`, `resource-tree shop`, `syncwindows shop`. Without a script the
  /// answer is an empty object; for an application, that it may not be seen.
  public FakeArgoCd on(String request, Reply answer) {
    return on(request, () -> answer);
  }

  /// The same with an answer that depends on what has happened until then.
  public FakeArgoCd on(String request, Supplier<Reply> answer) {
    scripts.computeIfAbsent(request, _ -> new ArrayDeque<>()).add(answer);
    return this;
  }

  /// Every request so far, in order.
  public List<Request> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /// The requests whose method and target contain `part`.
  public List<String> requests(String part) {
    return requests().stream().map(Request::toString).filter(text -> text.contains(part)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String target = exchange.getRequestURI().toString();
      requests.add(
          new Request(
              exchange.getRequestMethod(),
              target,
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
              body));
      send(exchange, next(key(exchange.getRequestMethod(), target)));
    }
  }

  private static String key(String method, String target) {
    String path = target.replaceFirst("\\?.*", "");
    String[] parts = path.replaceFirst("^/argocd/api/v1/applications/", "").split("/", 2);
    if (parts.length == 2) {
      return (parts[1].equals("sync") ? "SYNC" : parts[1]) + " " + parts[0];
    }
    return (target.contains("refresh=") ? "REFRESH" : method) + " " + parts[0];
  }

  private Reply next(String key) {
    Deque<Supplier<Reply>> script = scripts.get(key);
    if (script == null) {
      return key.startsWith("GET ") ? Reply.error(403, 7, "permission denied") : OK;
    }
    synchronized (script) {
      return (script.size() > 1 ? script.remove() : script.element()).get();
    }
  }

  private static void send(HttpExchange exchange, Reply answer) throws IOException {
    if (answer.status() == 0) {
      return;
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
