package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// The part of OpenAPI's schemas that GitHub's description uses, to hold JSON against.
///
/// @param complete whether everything that is required has to be there
record JsonSchema(boolean complete) {
  /// What is wrong with `value`, one sentence each.
  ///
  /// @param where the value is, for the sentences
  List<String> violations(JsonNode schema, JsonNode value, String where) {
    if (value.isNull() && schema.path("nullable").asBoolean()) {
      return List.of();
    }
    List<String> wrong = new ArrayList<>();
    for (String choice : List.of("oneOf", "anyOf")) {
      if (schema.has(choice) && !anyFits(schema.path(choice), value, where)) {
        wrong.add(where + " is none of " + choice);
      }
    }
    for (JsonNode part : schema.path("allOf")) {
      wrong.addAll(violations(part, value, where));
    }
    if (!isOfType(schema.path("type").asText(), value)) {
      wrong.add("%s is no %s: %s".formatted(where, schema.path("type").asText(), value));
    } else if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
      wrong.add("%s is none of %s: %s".formatted(where, schema.path("enum"), value));
    } else if (value.isObject()) {
      members(schema, value, where, wrong);
    } else if (value.isArray() && schema.has("items")) {
      value.forEach(item -> wrong.addAll(violations(schema.path("items"), item, where + "[]")));
    }
    return wrong;
  }

  private boolean anyFits(JsonNode choices, JsonNode value, String where) {
    return choices.valueStream().anyMatch(choice -> violations(choice, value, where).isEmpty());
  }

  private static boolean isOfType(String type, JsonNode value) {
    return switch (type) {
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      default -> true;
    };
  }

  private void members(JsonNode schema, JsonNode value, String where, List<String> wrong) {
    if (complete) {
      schema
          .path("required")
          .valueStream()
          .filter(name -> !value.has(name.asText()))
          .forEach(name -> wrong.add("%s lacks %s".formatted(where, name.asText())));
    }
    JsonNode known = schema.path("properties");
    JsonNode others = schema.path("additionalProperties");
    boolean open = !schema.has("properties") || others.isObject() || others.asBoolean();
    value
        .properties()
        .forEach(member -> {
          String place = where + "." + member.getKey();
          if (known.has(member.getKey())) {
            wrong.addAll(violations(known.path(member.getKey()), member.getValue(), place));
          } else if (!open) {
            wrong.add(place + " is unknown");
          }
        });
  }
}
