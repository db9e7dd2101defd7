package dev.slipway.sandbox;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/// Stands before a server on loopback, writes down every request and connection, and plays faults.
public final class RecordingProxy implements AutoCloseable {
  private final String upstream;
  private final Listener listener = new Listener();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Function<Request, Optional<WireFault>>> rules = new CopyOnWriteArrayList<>();
  private volatile Function<Request, Optional<WireFault>> aboveAll = _ -> Optional.empty();

  private RecordingProxy(String upstream) {
    this.upstream = upstream;
  }

  /// A request that came by.
  ///
  /// @param path with its query
  /// @param headers by name, whatever its case
  public record Request(String method, String path, Map<String, String> headers) {
    public boolean is(String wantedMethod, String pathPart) {
      return method.equals(wantedMethod) && path.contains(pathPart);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /// A proxy before `upstream`, a host with its port.
  public static RecordingProxy before(String upstream) {
    RecordingProxy proxy = new RecordingProxy(upstream);
    proxy.listener.start(proxy::serve);
    return proxy;
  }

  /// Host and port.
  public String host() {
    return "127.0.0.1:" + listener.port();
  }

  /// Every request so far, in the order in which they came.
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /// How many requests were like that.
  public long count(String method, String pathPart) {
    return requests.stream().filter(request -> request.is(method, pathPart)).count();
  }

  /// How many connections were opened so far.
  public int connections() {
    return connections.get();
  }

  /// Forgets what was recorded.
  public void forget() {
    requests.clear();
    connections.set(0);
  }

  /// Plays `faults` on the next requests that match, one each.
  public void inject(Predicate<Request> which, WireFault... faults) {
    Queue<WireFault> left = new ArrayDeque<>(List.of(faults));
    rules.add(request -> {
      synchronized (left) {
        return which.test(request) ? Optional.ofNullable(left.poll()) : Optional.empty();
      }
    });
  }

  /// Plays what `rule` says on every request. What other rules say is then what the server does.
  public void aboveAll(Function<Request, Optional<WireFault>> rule) {
    aboveAll = rule;
  }

  /// Plays what `rule` says on every request.
  public void always(Function<Request, Optional<WireFault>> rule) {
    rules.add(rule);
  }

  /// Has no manifest of these names any more, as after a lifecycle rule.
  public void lose(String tag, String digest) {
    always(request ->
        request.path().matches(".*/manifests/(%s|%s)".formatted(tag, digest))
            ? Optional.of(WireFault.refusal(404, "MANIFEST_UNKNOWN", "manifest unknown"))
            : Optional.empty());
  }

  @Override
  public void close() {
    listener.close();
  }

  private void serve(Socket client) throws IOException {
    connections.incrementAndGet();
    String[] hostAndPort = upstream.split(":", 2);
    try (Socket target = new Socket(hostAndPort[0], Integer.parseInt(hostAndPort[1]))) {
      client.setTcpNoDelay(true);
      target.setTcpNoDelay(true);
      Relay relay = new Relay(client, target, this::record);
      boolean more = true;
      while (more) {
        more = relay.next();
      }
    }
  }

  private Relay.Play record(Request request) {
    requests.add(request);
    Optional<WireFault> above = aboveAll.apply(request);
    Optional<WireFault> below =
        rules.stream().map(rule -> rule.apply(request)).flatMap(Optional::stream).findFirst();
    return new Relay.Play(
        above.or(() -> below),
        below.filter(WireFault.Answer.class::isInstance).map(WireFault.Answer.class::cast));
  }
}
