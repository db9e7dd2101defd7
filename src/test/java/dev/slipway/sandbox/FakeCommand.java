package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.sandbox.FakeMachine.State;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// A command that [FakeSsm] has taken.
public final class FakeCommand {
  private final String id;
  private final JsonNode request;
  private final List<FakeMachine> machines;
  private boolean cancelled;

  FakeCommand(String id, JsonNode request, List<FakeMachine> machines) {
    this.id = id;
    this.request = request;
    this.machines = machines;
  }

  public String id() {
    return id;
  }

  /// SendCommand's body.
  public JsonNode request() {
    return request;
  }

  /// The lines that each machine was to run.
  public String script() {
    return StreamSupport.stream(request.path("Parameters").path("commands").spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  public boolean isCancelled() {
    return cancelled;
  }

  void cancel() {
    cancelled = true;
  }

  /// What ListCommands says: a machine that was not reached does not make a command fail.
  ObjectNode summary() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("CommandId", id)
        .put("Comment", request.path("Comment").asText())
        .put("Status", "Success")
        .put("StatusDetails", "Success");
  }

  /// What ListCommandInvocations says.
  List<ObjectNode> invocations() {
    return machines.stream()
        .map(machine -> invocation(machine, now(machine.next())))
        .filter(invocation -> !invocation.path("Status").asText().equals("none"))
        .toList();
  }

  /// What GetCommandInvocation says.
  Optional<ObjectNode> result(String machine) {
    return machines.stream()
        .filter(known -> known.id().equals(machine))
        .findFirst()
        .map(known -> {
          State state = now(known.now());
          return invocation(known, state)
              .put("ResponseCode", state.code())
              .put("StandardOutputContent", first(24_000, state.output()))
              .put("StandardErrorContent", first(8_000, state.errors()));
        });
  }

  private State now(State state) {
    boolean goesOn = List.of("Pending", "InProgress", "Delayed").contains(state.status());
    return cancelled && goesOn ? State.of("Cancelled", "Cancelled") : state;
  }

  private ObjectNode invocation(FakeMachine machine, State state) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("CommandId", id)
        .put("InstanceId", machine.id())
        .put("Status", state.status())
        .put("StatusDetails", state.details());
  }

  private static String first(int most, String text) {
    return text.length() <= most ? text : text.substring(0, most);
  }
}
