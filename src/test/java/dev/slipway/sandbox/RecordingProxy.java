package dev.slipway.sandbox;

import dev.slipway.sandbox.HttpWire.Head;
import dev.slipway.values.FileContent;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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
      Relay relay = new Relay(client, target);
      boolean more = true;
      while (more) {
        more = relay.next();
      }
    }
  }

  /// What is played: a fault, an answer instead of the server's, or both.
  private record Play(Optional<WireFault> fault, Optional<WireFault.Answer> instead) {}

  private Play record(Request request) {
    requests.add(request);
    Optional<WireFault> above = aboveAll.apply(request);
    Optional<WireFault> below =
        rules.stream().map(rule -> rule.apply(request)).flatMap(Optional::stream).findFirst();
    return new Play(
        above.or(() -> below),
        below.filter(WireFault.Answer.class::isInstance).map(WireFault.Answer.class::cast));
  }

  /// One connection of a client, and the one to the server that belongs to it.
  private final class Relay {
    private final Socket client;
    private final InputStream fromClient;
    private final OutputStream toClient;
    private final InputStream fromServer;
    private final OutputStream toServer;

    Relay(Socket client, Socket server) throws IOException {
      this.client = client;
      this.fromClient = new BufferedInputStream(client.getInputStream());
      this.toClient = new BufferedOutputStream(client.getOutputStream());
      this.fromServer = new BufferedInputStream(server.getInputStream());
      this.toServer = new BufferedOutputStream(server.getOutputStream());
    }

    boolean next() throws IOException {
      Optional<Head> head = HttpWire.readHead(fromClient);
      if (head.isEmpty()) {
        return false;
      }
      String[] words = head.get().firstLine().split(" ", 3);
      if (words.length < 3) {
        // Somebody tries TLS first.
        return false;
      }
      Play play = record(new Request(words[0], words[1], head.get().headers()));
      if (play.fault().isPresent()) {
        return play(play.fault().get(), head.get(), play.instead());
      }
      ask(head.get());
      answer(words[0]);
      return true;
    }

    private boolean play(WireFault fault, Head head, Optional<WireFault.Answer> instead)
        throws IOException {
      switch (fault) {
        case WireFault.Answer answer -> {
          HttpWire.copyBody(head, fromClient, OutputStream.nullOutputStream());
          Whole whole = whole(answer, head);
          toClient.write(whole.head().bytes());
          toClient.write(whole.body().bytes());
          toClient.flush();
          return true;
        }
        case WireFault.ResetAfter(long bytes) ->
            HttpWire.copy(
                fromClient, OutputStream.nullOutputStream(), Math.min(bytes, head.length()));
        case WireFault.LoseAnswer _ -> answer(head, instead);
        case WireFault.Silence _ -> {
          answer(head, instead);
          // Until the client hangs up.
          fromClient.read();
        }
        case WireFault.CutAnswer _ -> {
          cut(answer(head, instead));
          return false;
        }
      }
      // Without lingering, a close is a reset.
      client.setSoLinger(true, 0);
      return false;
    }

    private void ask(Head head) throws IOException {
      toServer.write(head.bytes());
      HttpWire.copyBody(head, fromClient, toServer);
      toServer.flush();
    }

    /// All of an answer.
    private record Whole(FileContent head, FileContent body) {}

    /// Lets the server do it, or what stands for the server.
    private Whole answer(Head request, Optional<WireFault.Answer> instead) throws IOException {
      if (instead.isPresent()) {
        HttpWire.copyBody(request, fromClient, OutputStream.nullOutputStream());
        return whole(instead.get(), request);
      }
      ask(request);
      Head head = HttpWire.readHead(fromServer).orElseThrow();
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      if (!isHead(request) && head.status() != 204) {
        HttpWire.copyBody(head, fromServer, body);
      }
      return new Whole(FileContent.of(head.bytes()), FileContent.of(body.toByteArray()));
    }

    private static boolean isHead(Head request) {
      return request.firstLine().startsWith("HEAD ");
    }

    /// Half of the body; half of the head where that is all.
    private void cut(Whole answer) throws IOException {
      byte[] head = answer.head().bytes();
      byte[] body = answer.body().bytes();
      toClient.write(head, 0, body.length > 0 ? head.length : head.length / 2);
      toClient.write(body, 0, body.length / 2);
      toClient.flush();
    }

    private void answer(String method) throws IOException {
      Head head = HttpWire.readHead(fromServer).orElseThrow();
      toClient.write(head.bytes());
      if (!method.equals("HEAD") && head.status() != 204) {
        HttpWire.copyBody(head, fromServer, toClient);
      }
      toClient.flush();
    }

    private static Whole whole(WireFault.Answer answer, Head request) {
      byte[] body = isHead(request) ? new byte[0] : answer.body().getBytes(StandardCharsets.UTF_8);
      StringBuilder head =
          new StringBuilder("HTTP/1.1 %d Sandbox\r\n".formatted(answer.status()))
              .append("Content-Length: %d\r\n".formatted(body.length));
      answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
      return new Whole(
          FileContent.of(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1)),
          FileContent.of(body));
    }
  }
}
