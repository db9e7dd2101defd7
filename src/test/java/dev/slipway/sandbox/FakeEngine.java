package dev.slipway.sandbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// A Docker engine behind a socket, as far as [its
/// API](https://docs.docker.com/reference/api/engine/version/v1.51/) is asked for images. It closes
/// the connection after each answer; whatever it was not told to have, it answers with 404.
public final class FakeEngine implements AutoCloseable {
  private static final int CHUNK = 3000;

  private final Path socket;
  private final ServerSocketChannel server;
  private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private final Thread accepting = Thread.ofVirtual().unstarted(this::serve);

  private FakeEngine(Path socket, ServerSocketChannel server) {
    this.socket = socket;
    this.server = server;
    answer("/version", json(200, "{\"Version\":\"28.2.2\",\"ApiVersion\":\"1.50\"}"));
    answer("/images/json", json(200, "[]"));
  }

  /// Starts one behind the socket `path`, which it makes.
  public static FakeEngine at(Path path) {
    try {
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(path));
      FakeEngine engine = new FakeEngine(path, server);
      engine.accepting.start();
      return engine;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Has an image, which it saves as `archive`, in chunks.
  public FakeEngine image(String name, byte[] archive) {
    return looked(name).answer("/images/" + name + "/get", chunked(archive));
  }

  /// Knows an image, whatever comes when it is to be saved.
  public FakeEngine looked(String name) {
    return answer("/images/" + name + "/json", json(200, "{\"Id\":\"sha256:0\"}"));
  }

  /// Lists these names when asked for images of any repository.
  public FakeEngine names(String... names) {
    String tags =
        List.of(names).stream()
            .map("{\"RepoTags\":[\"%s\"]}"::formatted)
            .collect(Collectors.joining(","));
    return answer("/images/json", json(200, "[" + tags + "]"));
  }

  /// Answers a path with these bytes, headers included. Parameters do not count.
  public FakeEngine answer(String path, byte[] bytes) {
    answers.put(path, bytes);
    return this;
  }

  public Path socket() {
    return socket;
  }

  /// The first line of every request.
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /// An answer of the API's usual kind.
  public static byte[] json(int status, String body) {
    return sized(status, body.getBytes(UTF_8), body.getBytes(UTF_8).length);
  }

  /// An answer whose header says how long it is, true or not.
  public static byte[] sized(int status, byte[] body, int length) {
    return joined(head(status, "Content-Length: " + length), body);
  }

  /// An answer in chunks.
  public static byte[] chunked(byte[] body) {
    return joined(chunkedWithoutEnd(body), "0\r\n\r\n".getBytes(US_ASCII));
  }

  /// An answer in chunks, the last of which is missing.
  public static byte[] chunkedWithoutEnd(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head(200, "Transfer-Encoding: chunked"));
    for (int at = 0; at < body.length; at += CHUNK) {
      int length = Math.min(CHUNK, body.length - at);
      out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(US_ASCII));
      out.write(body, at, length);
      out.writeBytes("\r\n".getBytes(US_ASCII));
    }
    return out.toByteArray();
  }

  private static byte[] head(int status, String header) {
    return "HTTP/1.1 %d x\r\nApi-Version: 1.50\r\n%s\r\n\r\n"
        .formatted(status, header)
        .getBytes(US_ASCII);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }

  @Override
  public void close() {
    try {
      server.close();
      // Until it has noticed, the system still takes connections.
      accepting.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve() {
    while (server.isOpen()) {
      try {
        SocketChannel connection = server.accept();
        Thread.ofVirtual().start(() -> answer(connection));
      } catch (IOException _) {
        // It was closed.
        return;
      }
    }
  }

  private void answer(SocketChannel connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(Channels.newInputStream(connection), UTF_8));
      List<String> head = in.lines().takeWhile(line -> !line.isEmpty()).toList();
      String request = head.getFirst();
      requests.add(request);
      String path = request.replaceFirst("GET ([^ ?]*).*", "$1");
      byte[] missing = json(404, "{\"message\":\"No such image\"}");
      ByteBuffer answer = ByteBuffer.wrap(answers.getOrDefault(path, missing));
      while (answer.hasRemaining()) {
        connection.write(answer);
      }
    } catch (IOException _) {
      // The other side has seen enough.
      return;
    }
  }
}
