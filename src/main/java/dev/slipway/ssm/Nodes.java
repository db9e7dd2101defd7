package dev.slipway.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.aws.Json;
import dev.slipway.delivery.InstanceSelector;
import dev.slipway.delivery.RemoteScripts.Machine;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The machines that a selector means, looked up before anything is sent: a command for tags that
/// match nothing is a success to Systems Manager, and so is one that reached only some machines.
record Nodes(SsmApi api, InstanceSelector wanted) {
  // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html
  private static final int MOST = 50;

  /// All of them, in the order of their ids.
  ///
  /// @throws ActionException when there is none, or one of them cannot run the script now
  List<Machine> find() {
    List<JsonNode> found =
        api.patiently(
            () -> api.pages("DescribeInstanceInformation", filters(), "InstanceInformationList"),
            e -> SsmProblems.notDescribed(e, wanted));
    List<Problem> problems = new ArrayList<>(missing(found));
    found.forEach(node -> problems.addAll(obstacles(node)));
    if (found.size() > MOST) {
      problems.add(SsmProblems.tooMany(wanted, found.size(), MOST));
    }
    if (!problems.isEmpty()) {
      throw new ActionException(problems);
    }
    return found.stream().map(Nodes::machine).sorted(Comparator.comparing(Machine::id)).toList();
  }

  private ObjectNode filters() {
    ObjectNode body = Json.object();
    ArrayNode filters = body.putArray("Filters");
    switch (wanted) {
      case InstanceSelector.Tagged(var tags) ->
          tags.forEach((key, values) -> filter(filters, "tag:" + key, values));
      case InstanceSelector.Named(var ids) -> filter(filters, "InstanceIds", ids);
    }
    return body;
  }

  private static void filter(ArrayNode filters, String key, List<String> values) {
    ArrayNode array = filters.addObject().put("Key", key).putArray("Values");
    values.forEach(array::add);
  }

  private List<Problem> missing(List<JsonNode> found) {
    return switch (wanted) {
      case InstanceSelector.Tagged _ ->
          found.isEmpty() ? List.of(SsmProblems.noMatch(wanted, api.region())) : List.of();
      case InstanceSelector.Named(var ids) -> {
        Set<String> known =
            found.stream().map(node -> machine(node).id()).collect(Collectors.toSet());
        yield ids.stream()
            .filter(id -> !known.contains(id))
            .map(id -> SsmProblems.notManaged(id, api.region()))
            .toList();
      }
    };
  }

  private static List<Problem> obstacles(JsonNode node) {
    String ping = node.path("PingStatus").asText("");
    if (!ping.equals("Online")) {
      return List.of(SsmProblems.offline(machine(node), ping, lastPing(node)));
    }
    return node.path("PlatformType").asText("").equals("Windows")
        ? List.of(SsmProblems.windows(machine(node)))
        : List.of();
  }

  private static Machine machine(JsonNode node) {
    return new Machine(
        node.path("InstanceId").asText(""),
        Texts.line(node.path("ComputerName").asText(node.path("Name").asText(""))));
  }

  private static String lastPing(JsonNode node) {
    JsonNode time = node.path("LastPingDateTime");
    return time.isNumber() ? Instant.ofEpochSecond(time.asLong()).toString() : "an unknown time";
  }
}
