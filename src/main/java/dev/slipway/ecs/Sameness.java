package dev.slipway.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.aws.Json;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Whether registering a task definition would only make a copy of a registered one. ECS writes
/// defaults into what it registers and sorts some lists; what this class does not know to be a
/// default counts as a difference, so a doubt leads to a new revision and never to a lost change.
final class Sameness {
  private static final Set<String> NAMED_SETS = Set.of("environment", "secrets", "tags");
  private static final Set<String> SETS = Set.of("requiresCompatibilities");

  private Sameness() {}

  /// Whether `wanted` says what `registered` says.
  static boolean of(TaskDefinition wanted, TaskDefinition registered) {
    return same("", wanted.json(), registered.json());
  }

  private static boolean same(String member, JsonNode wanted, JsonNode registered) {
    if (wanted.isObject() && registered.isObject()) {
      return sameMembers(wanted, registered);
    }
    if (wanted.isArray() && registered.isArray()) {
      return sameElements(member, wanted, registered);
    }
    if (wanted.isNumber() && registered.isNumber()) {
      return number(wanted).compareTo(number(registered)) == 0;
    }
    return wanted.equals(registered);
  }

  private static boolean sameMembers(JsonNode wanted, JsonNode registered) {
    Set<String> names = new TreeSet<>();
    wanted.fieldNames().forEachRemaining(names::add);
    registered.fieldNames().forEachRemaining(names::add);
    return names.stream().allMatch(name -> sameMember(name, wanted, registered));
  }

  private static boolean sameMember(String name, JsonNode wanted, JsonNode registered) {
    JsonNode left = wanted.path(name);
    JsonNode right = registered.path(name);
    if (says(left) && says(right)) {
      return same(name, left, right);
    }
    return says(left)
        ? isDefault(name, left, wanted)
        : !says(right) || isDefault(name, right, registered);
  }

  /// An empty list says what no list says; an empty text is a value.
  private static boolean says(JsonNode node) {
    return !node.isMissingNode() && !node.isNull() && !(node.isContainerNode() && node.isEmpty());
  }

  private static boolean isDefault(String name, JsonNode value, JsonNode around) {
    return switch (name) {
      case "essential" -> value.asBoolean();
      case "cpu", "startPeriod" -> value.isNumber() && value.asInt() == 0;
      case "hostPort" -> value.asInt() == 0 || value.equals(around.path("containerPort"));
      case "protocol" -> value.asText().equals("tcp");
      case "interval" -> value.asInt() == 30;
      case "timeout" -> value.asInt() == 5;
      case "retries" -> value.asInt() == 3;
      case "networkMode" -> value.asText().equals("bridge");
      case "versionConsistency" -> value.asText().equals("enabled");
      case "rootDirectory" -> value.asText().equals("/");
      default -> value.isBoolean() && !value.asBoolean();
    };
  }

  private static boolean sameElements(String member, JsonNode wanted, JsonNode registered) {
    List<JsonNode> left = sorted(member, wanted);
    List<JsonNode> right = sorted(member, registered);
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!same(member, left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<JsonNode> sorted(String member, JsonNode array) {
    Stream<JsonNode> elements = Json.elements(array);
    if (NAMED_SETS.contains(member)) {
      return elements
          .sorted(
              Comparator.comparing(
                  element -> element.path("name").asText() + element.path("key").asText()))
          .toList();
    }
    return SETS.contains(member)
        ? elements.sorted(Comparator.comparing(JsonNode::asText)).toList()
        : elements.toList();
  }

  private static BigDecimal number(JsonNode node) {
    return node.decimalValue();
  }
}
