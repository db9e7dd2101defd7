package dev.slipway.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.sandbox.FakeAws.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// AWS Systems Manager: machines, and commands that run nothing but play scripts. Answers as the
/// [API reference](https://docs.aws.amazon.com/systems-manager/latest/APIReference/Welcome.html)
/// says.
public final class FakeSsm {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, FakeMachine> machines = new LinkedHashMap<>();
  private final List<FakeCommand> commands = new ArrayList<>();
  private final Map<String, Deque<SsmFault>> faults = new LinkedHashMap<>();
  private Consumer<FakeSsm> onCancel = _ -> {};
  private int page = 50;

  FakeSsm() {}

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

  /// The commands taken so far.
  public synchronized List<FakeCommand> commands() {
    return List.copyOf(commands);
  }

  synchronized Reply answer(String action, String body) {
    JsonNode request = read(body);
    Deque<SsmFault> script = faults.getOrDefault(action, new ArrayDeque<>());
    return switch (script.poll()) {
      case null -> perform(action, request);
      case SsmFault.Refused(int status, String code, String message) ->
          Reply.refusal(status, code, message);
      case SsmFault.AnswerLost _ -> {
        perform(action, request);
        yield new Reply(0, "", "");
      }
      case SsmFault.RequestLost _ -> new Reply(0, "", "");
    };
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
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
              .orElseGet(() -> Reply.refusal(400, "InvalidCommandId", ""));
      case "GetCommandInvocation" ->
          command(body)
              .flatMap(command -> command.result(body.path("InstanceId").asText()))
              .map(Reply::json)
              .orElseGet(() -> Reply.refusal(400, "InvocationDoesNotExist", ""));
      case "CancelCommand" -> {
        onCancel.accept(this);
        command(body).ifPresent(FakeCommand::cancel);
        yield Reply.json(JsonNodeFactory.instance.objectNode());
      }
      default -> Reply.refusal(400, "UnknownOperationException", action);
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
        return Reply.refusal(400, "InvalidInstanceId", "");
      }
      chosen.add(machine);
    }
    FakeCommand command = new FakeCommand(UUID.randomUUID().toString(), body, chosen);
    commands.add(command);
    chosen.forEach(FakeMachine::begin);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("Command", command.summary());
    return Reply.json(answer);
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
    return Reply.json(answer);
  }
}
