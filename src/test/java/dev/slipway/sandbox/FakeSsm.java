package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// AWS Systems Manager on loopback: machines, and commands that run nothing but play scripts.
/// Answers as the [API
/// reference](https://docs.aws.amazon.com/systems-manager/latest/APIReference/Welcome.html) says.
/// Whatever another service of AWS is asked is passed on to the one that plays it.
public final class FakeSsm implements AutoCloseable {
  private static final String TARGET = "AmazonSSM.";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final String region;
  private final Optional<URI> otherServices;
  private final Map<String, FakeMachine> machines = new LinkedHashMap<>();
  private final List<FakeCommand> commands = new ArrayList<>();
  private final Map<String, Deque<SsmFault>> faults = new LinkedHashMap<>();
  private final List<String> calls = new ArrayList<>();
  private Consumer<FakeSsm> onCancel = _ -> {};
  private int page = 50;

  private FakeSsm(HttpServer server, String region, Optional<URI> otherServices) {
    this.server = server;
    this.region = region;
    this.otherServices = otherServices;
  }

  /// Starts one on a free port.
  public static FakeSsm start(String region) {
    return start(region, Optional.empty());
  }

  /// Starts one before a service that answers everything else.
  public static FakeSsm before(URI otherServices, String region) {
    return start(region, Optional.of(otherServices));
  }

  private static FakeSsm start(String region, Optional<URI> otherServices) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      FakeSsm fake = new FakeSsm(server, region, otherServices);
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
    return URI.create(
        "http://%s:%d"
            .formatted(
                server.getAddress().getAddress().getHostAddress(), server.getAddress().getPort()));
  }

  /// Adds a machine that is online.
  public synchronized FakeMachine machine(String id) {
    return machines.computeIfAbsent(id, FakeMachine::new);
  }

  /// Lets the next calls of an action go wrong, one after the other.
  public synchronized void fail(String action, SsmFault... inOrder) {
    faults.computeIfAbsent(action, _ -> new ArrayDeque<>()).addAll(List.of(inOrder));
  }

  /// Does something when a command is about to be cancelled.
  public synchronized void whenCancelled(Consumer<FakeSsm> action) {
    onCancel = action;
  }

  /// How many elements a page has.
  public synchronized void pagesOf(int elements) {
    page = elements;
  }

  /// The actions called so far.
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /// The commands taken so far.
  public synchronized List<FakeCommand> commands() {
    return List.copyOf(commands);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!target.startsWith(TARGET) && otherServices.isPresent()) {
        PassedOn.to(otherServices.get(), exchange, body);
        return;
      }
      String action = target.replace(TARGET, "");
      Reply reply = reply(action, exchange, JSON.readTree(body));
      if (reply.status() > 0) {
        byte[] bytes = reply.body().toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.getResponseHeaders().set("x-amzn-RequestId", "sandbox-request");
        exchange.sendResponseHeaders(reply.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  /// @param status 0: the connection ends without an answer
  private record Reply(int status, JsonNode body) {
    static Reply error(int status, String code, String message) {
      return new Reply(
          status, JsonNodeFactory.instance.objectNode().put("__type", code).put("message", message));
    }
  }

  private synchronized Reply reply(String action, HttpExchange exchange, JsonNode body) {
    calls.add(action);
    if (!isSigned(exchange)) {
      return Reply.error(
          400,
          "UnrecognizedClientException",
          "The security token included in the request is invalid.");
    }
    Deque<SsmFault> script = faults.getOrDefault(action, new ArrayDeque<>());
    return switch (script.poll()) {
      case null -> perform(action, body);
      case SsmFault.Refused(int status, String code, String message) ->
          Reply.error(status, code, message);
      case SsmFault.AnswerLost _ -> {
        perform(action, body);
        yield new Reply(0, body);
      }
      case SsmFault.RequestLost _ -> new Reply(0, body);
    };
  }

  private boolean isSigned(HttpExchange exchange) {
    String scope = "%s/[0-9]{8}/%s/ssm/aws4_request".formatted(FakeEcr.KEY_ID, region);
    return String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
        .matches("AWS4-HMAC-SHA256 Credential=%s, .*Signature=[0-9a-f]{64}".formatted(scope));
  }

  private Reply perform(String action, JsonNode body) {
    return switch (action) {
      case "DescribeInstanceInformation" ->
          paged(
              body,
              "InstanceInformationList",
              machines.values().stream()
                  .filter(machine -> machine.matches(body.path("Filters")))
                  .map(FakeMachine::information)
                  .toList());
      case "SendCommand" -> send(body);
      case "ListCommands" ->
          paged(body, "Commands", commands.stream().map(FakeCommand::summary).toList());
      case "ListCommandInvocations" ->
          command(body)
              .map(command -> paged(body, "CommandInvocations", command.invocations()))
              .orElseGet(() -> Reply.error(400, "InvalidCommandId", ""));
      case "GetCommandInvocation" ->
          command(body)
              .flatMap(command -> command.result(body.path("InstanceId").asText()))
              .map(result -> new Reply(200, result))
              .orElseGet(() -> Reply.error(400, "InvocationDoesNotExist", ""));
      case "CancelCommand" -> {
        onCancel.accept(this);
        command(body).ifPresent(FakeCommand::cancel);
        yield new Reply(200, JsonNodeFactory.instance.objectNode());
      }
      default -> Reply.error(400, "UnknownOperationException", action);
    };
  }

  private Optional<FakeCommand> command(JsonNode body) {
    return commands.stream()
        .filter(command -> command.id().equals(body.path("CommandId").asText()))
        .findFirst();
  }

  private Reply send(JsonNode body) {
    List<FakeMachine> chosen = new ArrayList<>();
    for (JsonNode id : body.path("InstanceIds")) {
      FakeMachine machine = machines.get(id.asText());
      if (machine == null || !machine.isOnline()) {
        return Reply.error(400, "InvalidInstanceId", "");
      }
      chosen.add(machine);
    }
    FakeCommand command = new FakeCommand(UUID.randomUUID().toString(), body, chosen);
    commands.add(command);
    return new Reply(
        200, JsonNodeFactory.instance.objectNode().set("Command", command.summary()));
  }

  private Reply paged(JsonNode body, String member, List<? extends JsonNode> all) {
    int start = body.path("NextToken").asInt(0);
    int end = Math.min(all.size(), start + page);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode elements = answer.putArray(member);
    all.subList(start, end).forEach(elements::add);
    if (end < all.size()) {
      answer.put("NextToken", String.valueOf(end));
    }
    return new Reply(200, answer);
  }
}
