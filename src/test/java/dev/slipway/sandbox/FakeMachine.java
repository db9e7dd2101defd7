package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// A machine that [FakeSsm] manages. It runs nothing: what becomes of a command on it is scripted,
/// one state for each look, the last one for ever. Without a script every command succeeds at once.
public final class FakeMachine {
  private static final State DONE = State.ended(0, "done\n");

  private final String id;
  private final Map<String, String> tags = new LinkedHashMap<>();
  private final Deque<State> script = new ArrayDeque<>();
  private final Deque<State> turns = new ArrayDeque<>();
  private String ping = "Online";
  private String platform = "Linux";

  FakeMachine(String id) {
    this.id = id;
  }

  /// How a command fares.
  ///
  /// @param status e.g. `Failed`; `none`: the command does not list the machine
  /// @param details e.g. `Undeliverable`
  public record State(String status, String details, int code, String output, String errors) {
    /// The script has ended.
    public static State ended(int code, String output) {
      String status = code == 0 ? "Success" : "Failed";
      return new State(status, status, code, output, "");
    }

    /// The command goes on, or ended without the script.
    public static State of(String status, String details) {
      return new State(status, details, -1, "", "");
    }
  }

  public FakeMachine tag(String key, String value) {
    tags.put(key, value);
    return this;
  }

  /// Scripts the next looks.
  public FakeMachine then(State state) {
    script.add(state);
    return this;
  }

  /// Leaves every scripted state for this one.
  public FakeMachine finishes(State state) {
    script.clear();
    return then(state);
  }

  /// How the next commands end, one after the other.
  public FakeMachine inTurn(State... ends) {
    turns.addAll(List.of(ends));
    return this;
  }

  /// A command begins.
  void begin() {
    Optional.ofNullable(turns.poll()).ifPresent(this::finishes);
  }

  /// It does not answer.
  public FakeMachine lost() {
    ping = "ConnectionLost";
    return this;
  }

  public FakeMachine windows() {
    platform = "Windows";
    return this;
  }

  String id() {
    return id;
  }

  boolean isOnline() {
    return ping.equals("Online");
  }

  /// The state at this look.
  State next() {
    return script.size() > 1 ? script.remove() : now();
  }

  State now() {
    return script.isEmpty() ? DONE : script.element();
  }

  boolean matches(JsonNode filters) {
    return StreamSupport.stream(filters.spliterator(), false).allMatch(this::passes);
  }

  private boolean passes(JsonNode filter) {
    String key = filter.path("Key").asText();
    String value = key.equals("InstanceIds") ? id : tags.getOrDefault(key.replace("tag:", ""), "");
    return StreamSupport.stream(filter.path("Values").spliterator(), false)
        .anyMatch(wanted -> wanted.asText().equals(value));
  }

  ObjectNode information() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("InstanceId", id)
        .put("PingStatus", ping)
        .put("LastPingDateTime", 1_767_225_600.5)
        .put("PlatformType", platform)
        .put("ComputerName", "ip-" + id);
  }
}
