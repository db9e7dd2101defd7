package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/// AWS on loopback, behind one endpoint: a [FakeSts] with the runner's token service beside it, a
/// [FakeEcs], a [FakeSsm], and, where one is given, a [FakeEcr].
public final class FakeAws implements AutoCloseable {
  private static final String ECS = "AmazonEC2ContainerServiceV20141113.";
  private static final String SSM = "AmazonSSM.";

  private final HttpServer server;
  private final Optional<URI> ecr;
  private final FakeSts sts = new FakeSts();
  private final FakeEcs ecs = new FakeEcs();
  private final FakeSsm ssm = new FakeSsm();
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

  /// An answer.
  ///
  /// @param status 0: the connection ends without one
  public record Reply(int status, String type, String body) {
    static Reply json(ObjectNode body) {
      return new Reply(200, "application/x-amz-json-1.1", body.toString());
    }

    static Reply refusal(int status, String code, String message) {
      return new Reply(
          status,
          "application/x-amz-json-1.1",
          "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(code, message));
    }
  }

  private FakeAws(HttpServer server, Optional<URI> ecr) {
    this.server = server;
    this.ecr = ecr;
  }

  /// Starts one without ECR.
  public static FakeAws start() {
    return start(Optional.empty());
  }

  /// Starts one with the ECR at an address.
  public static FakeAws before(URI ecr) {
    return start(Optional.of(ecr));
  }

  private static FakeAws start(Optional<URI> ecr) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      FakeAws fake = new FakeAws(server, ecr);
      server.createContext("/", fake::answer);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return fake;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// For `aws-endpoint-url`.
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// Where the runner gives out the job's token.
  public URI tokens() {
    return endpoint().resolve("/token?api-version=2.0");
  }

  public FakeSts sts() {
    return sts;
  }

  public FakeEcs ecs() {
    return ecs;
  }

  public FakeSsm ssm() {
    return ssm;
  }

  /// The actions called so far, e.g. `UpdateService`; `token` for the runner's service.
  public List<String> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  public void forgetCalls() {
    calls.clear();
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Reply reply = reply(exchange, body);
      if (reply.status() == 0) {
        return;
      }
      byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", reply.type());
      exchange.getResponseHeaders().set("x-amzn-RequestId", "sandbox-request");
      exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Reply reply(HttpExchange exchange, String body) {
    String target = header(exchange, "X-Amz-Target");
    if (exchange.getRequestURI().getPath().equals("/token")) {
      calls.add("token");
      return sts.token(exchange.getRequestURI().getRawQuery(), header(exchange, "Authorization"));
    }
    if (target.startsWith(ECS)) {
      String action = target.substring(ECS.length());
      calls.add(action);
      return isSigned(exchange, "ecs")
          ? ecs.answer(action, body)
          : Reply.refusal(400, "UnrecognizedClientException", "The security token is invalid.");
    }
    if (target.startsWith(SSM)) {
      String action = target.substring(SSM.length());
      calls.add(action);
      return isSigned(exchange, "ssm")
          ? ssm.answer(action, body)
          : Reply.refusal(400, "UnrecognizedClientException", "The security token is invalid.");
    }
    if (body.contains("Action=AssumeRoleWithWebIdentity")) {
      calls.add("AssumeRoleWithWebIdentity");
      return sts.assume(body, header(exchange, "Authorization"));
    }
    calls.add(target.replaceFirst(".*\\.", ""));
    return forward(exchange, target, body);
  }

  private static boolean isSigned(HttpExchange exchange, String service) {
    return header(exchange, "Authorization")
            .matches(
                "AWS4-HMAC-SHA256 Credential=%s/[0-9]{8}/[a-z0-9-]+/%s/aws4_request, .*Signature=[0-9a-f]{64}"
                    .formatted(FakeEcr.KEY_ID, service))
        && (header(exchange, "X-Amz-Security-Token").isEmpty()
            || header(exchange, "X-Amz-Security-Token").equals(FakeEcr.SESSION_TOKEN));
  }

  private Reply forward(HttpExchange exchange, String target, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(ecr.orElseThrow())
            .header("X-Amz-Target", target)
            .header("Authorization", header(exchange, "Authorization"))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    String session = header(exchange, "X-Amz-Security-Token");
    if (!session.isEmpty()) {
      request.header("X-Amz-Security-Token", session);
    }
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), "application/x-amz-json-1.1", response.body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }
}
