package dev.slipway.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.values.FileContent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// As much of a registry in memory as a push meets, after the [distribution
/// specification](https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md).
final class SmallRegistry implements AutoCloseable {
  private static final Pattern MANIFEST = Pattern.compile("/v2/(.+)/manifests/([^/]+)");
  private static final Pattern BLOB = Pattern.compile("/v2/(.+)/blobs/(sha256:[0-9a-f]{64})");
  private static final Pattern UPLOAD = Pattern.compile("/v2/(.+)/blobs/uploads/([^/]*)");
  private static final Pattern DIGEST = Pattern.compile("digest=(sha256(?::|%3A)[0-9a-f]{64})");

  private final Map<String, Stored> manifests = new ConcurrentHashMap<>();
  private final Map<String, Stored> blobs = new ConcurrentHashMap<>();
  private final Predicate<String> mayEnter;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /// @param mayEnter told each `Authorization` header, empty where there is none
  SmallRegistry(Predicate<String> mayEnter) throws IOException {
    this.mayEnter = mayEnter;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v2/", this::handle);
    server.start();
  }

  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private record Stored(String type, FileContent content) {
    byte[] bytes() {
      return content.bytes();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String login =
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
      String path = exchange.getRequestURI().getPath();
      Matcher manifest = MANIFEST.matcher(path);
      Matcher blob = BLOB.matcher(path);
      if (!mayEnter.test(login)) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"sandbox\"");
        refuse(exchange, 401, "UNAUTHORIZED", "authentication required");
      } else if (path.equals("/v2/")) {
        answer(exchange, 200, new byte[0]);
      } else if (manifest.matches()) {
        manifest(exchange, manifest, body);
      } else if (blob.matches()) {
        send(exchange, Optional.ofNullable(blobs.get(path)), "BLOB_UNKNOWN");
      } else {
        upload(exchange, UPLOAD.matcher(path), body);
      }
    }
  }

  private void manifest(HttpExchange exchange, Matcher path, byte[] body) throws IOException {
    if (!exchange.getRequestMethod().equals("PUT")) {
      send(exchange, Optional.ofNullable(manifests.get(path.group())), "MANIFEST_UNKNOWN");
      return;
    }
    String digest = digest(body);
    String reference = path.group(2);
    if (reference.startsWith("sha256:") && !reference.equals(digest)) {
      refuse(exchange, 400, "DIGEST_INVALID", "provided digest did not match uploaded content");
      return;
    }
    Stored stored =
        new Stored(exchange.getRequestHeaders().getFirst("Content-Type"), FileContent.of(body));
    manifests.put(path.group(), stored);
    manifests.put("/v2/" + path.group(1) + "/manifests/" + digest, stored);
    exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
    answer(exchange, 201, new byte[0]);
  }

  private void upload(HttpExchange exchange, Matcher path, byte[] body) throws IOException {
    Matcher digest =
        DIGEST.matcher(Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
    if (!path.matches()) {
      refuse(exchange, 404, "UNSUPPORTED", "no such thing");
    } else if (path.group(2).isEmpty()) {
      String location = "/v2/" + path.group(1) + "/blobs/uploads/" + UUID.randomUUID();
      exchange.getResponseHeaders().set("Location", location);
      answer(exchange, 202, new byte[0]);
    } else if (!digest.find() || !digest.group(1).replace("%3A", ":").equals(digest(body))) {
      refuse(exchange, 400, "DIGEST_INVALID", "provided digest did not match uploaded content");
    } else {
      String blob = "/v2/" + path.group(1) + "/blobs/" + digest(body);
      blobs.put(blob, new Stored("application/octet-stream", FileContent.of(body)));
      answer(exchange, 201, new byte[0]);
    }
  }

  private static void send(HttpExchange exchange, Optional<Stored> stored, String unknown)
      throws IOException {
    if (stored.isEmpty()) {
      refuse(exchange, 404, unknown, "unknown to registry");
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", stored.get().type());
    exchange.getResponseHeaders().set("Docker-Content-Digest", digest(stored.get().bytes()));
    answer(exchange, 200, stored.get().bytes());
  }

  private static void refuse(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    String body = "{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}".formatted(code, message);
    answer(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static String digest(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
