package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A server on loopback that does nothing but quote what it was sent: every header and the body, as
/// they are, taken out of Base64, put into it, and escaped for a URL.
public final class Echo implements AutoCloseable {
  private static final String BASIC = "Basic ";

  private final Answer answer;
  private final URI elsewhere;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> heard = new CopyOnWriteArrayList<>();

  /// How it answers.
  public enum Answer {
    BAD_REQUEST(400),
    UNAUTHORIZED(401),
    FORBIDDEN(403),
    NONSENSE(200),
    /// To the same path of another server.
    REDIRECT(307);

    private final int status;

    Answer(int status) {
      this.status = status;
    }
  }

  private Echo(Answer answer, URI elsewhere) throws IOException {
    this.answer = answer;
    this.elsewhere = elsewhere;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /// Starts one.
  ///
  /// @param elsewhere where a redirect leads, and where it wants tokens to be fetched
  public static Echo answering(Answer answer, URI elsewhere) {
    try {
      return new Echo(answer, elsewhere);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI uri() {
    return uri("127.0.0.1");
  }

  /// Its address under another name of this machine.
  public URI uri(String host) {
    return URI.create("http://%s:%d".formatted(host, server.getAddress().getPort()));
  }

  /// All that it was sent so far, requests with headers and bodies.
  public String heard() {
    return String.join("\n", heard);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    threads.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String request = request(exchange);
      heard.add(request);
      exchange
          .getResponseHeaders()
          .add("Location", elsewhere + exchange.getRequestURI().toString());
      exchange
          .getResponseHeaders()
          .add(
              "WWW-Authenticate",
              "Bearer realm=\"%s/token\",service=\"echo\"".formatted(elsewhere));
      boolean isForm =
          String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")).contains("form");
      byte[] body = (isForm ? xml(request) : json(request)).getBytes(StandardCharsets.UTF_8);
      boolean isHead = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status, isHead ? -1 : body.length);
      if (!isHead) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static String request(HttpExchange exchange) throws IOException {
    StringBuilder text =
        new StringBuilder(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      String value = String.join(",", header.getValue());
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      text.append(" %s: %s ".formatted(header.getKey(), value))
          .append(URLEncoder.encode(value, StandardCharsets.UTF_8) + " ")
          .append(Base64.getEncoder().encodeToString(bytes));
      if (value.startsWith(BASIC)) {
        byte[] login = Base64.getDecoder().decode(value.substring(BASIC.length()));
        text.append(" " + new String(login, StandardCharsets.UTF_8));
      }
    }
    byte[] body = exchange.getRequestBody().readNBytes(10_000);
    return text.append(" " + new String(body, StandardCharsets.UTF_8)).toString();
  }

  /// In every field that anybody reads a reason from.
  private static String json(String text) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (String field : List.of("message", "Message", "error", "error_description", "details")) {
      json.put(field, text);
    }
    json.put("__type", "ValidationException").put("value", "");
    json.putArray("errors").addObject().put("code", "DENIED").put("message", text);
    return json.toString();
  }

  private static String xml(String text) {
    return "<ErrorResponse><Error><Code>Odd</Code><Message>%s</Message></Error></ErrorResponse>"
        .formatted(text.replace("&", "&amp;").replace("<", "&lt;"));
  }
}
