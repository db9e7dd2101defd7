package dev.slipway.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What GitHub says of its REST API, as far as Slipway uses it: the operations of
/// `github-subset.json`, cut out of [GitHub's own
/// description](https://github.com/github/rest-api-description).
final class GitHubDescription {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonSchema WHOLE = new JsonSchema(true);

  /// The sandbox answers only what is read.
  private static final JsonSchema PARTIAL = new JsonSchema(false);

  private static final List<Operation> OPERATIONS = read();

  private GitHubDescription() {}

  private record Operation(String name, String method, Pattern path, JsonNode says) {}

  private static List<Operation> read() {
    try (InputStream file =
        GitHubDescription.class.getResourceAsStream("/sandbox/github-subset.json")) {
      return JSON.readTree(Objects.requireNonNull(file)).properties().stream()
          .flatMap(path ->
              path.getValue().properties().stream().map(method -> operation(path.getKey(), method)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Operation operation(String path, Map.Entry<String, JsonNode> method) {
    // Only the names of refs have slashes in them.
    String pattern = path.replace("{ref}", "(?:.+)").replaceAll("\\{[a-z_]+}", "[^/]+");
    return new Operation(
        method.getKey() + " " + path, method.getKey(), Pattern.compile(pattern), method.getValue());
  }

  /// What GitHub would not understand of a request.
  ///
  /// @param target path and query
  static List<String> wrongRequest(String method, String target, String body) {
    String[] parts = target.split("\\?", 2);
    Optional<Operation> found = find(method, parts[0]);
    if (found.isEmpty()) {
      return List.of("GitHub has no %s %s".formatted(method, parts[0]));
    }
    Operation operation = found.get();
    Stream<String> unknown =
        Stream.of(parts)
            .skip(1)
            .flatMap(query -> Stream.of(query.split("&")))
            .map(parameter -> parameter.split("=", 2)[0])
            .filter(name -> !has(operation.says().path("query"), name))
            .map(name -> operation.name() + " has no parameter " + name);
    return Stream.concat(unknown, wrongBody(operation, body)).toList();
  }

  private static Stream<String> wrongBody(Operation operation, String body) {
    if (body.isEmpty()) {
      return operation.says().path("body-required").asBoolean()
          ? Stream.of(operation.name() + " needs a body")
          : Stream.empty();
    }
    return operation.says().has("body")
        ? WHOLE
            .violations(operation.says().path("body"), json(body), operation.name() + ": body")
            .stream()
        : Stream.of(operation.name() + " takes no body");
  }

  /// What GitHub would not answer like that; refusals and raw content are not looked at.
  static List<String> wrongAnswer(String method, String target, int status, String body) {
    return find(method, target.split("\\?", 2)[0])
        .filter(_ -> status / 100 == 2 && (body.isEmpty() || body.matches("(?s)[\\[{].*")))
        .map(operation -> wrongAnswer(operation, String.valueOf(status), body))
        .orElse(List.of());
  }

  private static List<String> wrongAnswer(Operation operation, String status, String body) {
    JsonNode answers = operation.says().path("answers");
    if (!answers.has(status)) {
      return List.of("%s is never answered with %s".formatted(operation.name(), status));
    }
    JsonNode schema = answers.path(status);
    return schema.isEmpty() || body.isEmpty()
        ? List.of()
        : PARTIAL.violations(schema, json(body), operation.name() + ": answer");
  }

  /// An operation's own words go before those that have a parameter in their place.
  private static Optional<Operation> find(String method, String asked) {
    // GitHub API for Java asks for a ref by the plural, which GitHub still answers.
    String path = method.equals("GET") ? asked.replace("/git/refs/", "/git/ref/") : asked;
    return OPERATIONS.stream()
        .filter(operation -> operation.method().equalsIgnoreCase(method))
        .filter(operation -> operation.path().matcher(path).matches())
        .min(Comparator.comparing(operation -> operation.name().endsWith("}")));
  }

  private static boolean has(JsonNode names, String name) {
    return names.valueStream().anyMatch(known -> known.asText().equals(name));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + text, e);
    }
  }
}
