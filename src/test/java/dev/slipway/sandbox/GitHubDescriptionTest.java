package dev.slipway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Holds our cut of GitHub's REST description to the whole one.
///
/// The whole one is in the npm package `@octokit/openapi`; where its `api.github.com.json` lies as
/// `target/github-openapi.json`, the comparison runs. With `-Dfixtures.update=true` it writes the
/// cut anew, for the paths and methods that are in it.
class GitHubDescriptionTest {
  private static final Path CUT = Path.of("src/test/resources/sandbox/github-subset.json");
  private static final Path WHOLE = Path.of("target/github-openapi.json");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /// What [JsonSchema] looks at, and nothing that is there for readers.
  private static final Set<String> PLAIN = Set.of("type", "enum", "required", "nullable");

  private static final int DEPTH_OF_BODIES = 8;
  private static final int DEPTH_OF_ANSWERS = 2;

  @Test
  void theCutSaysWhatGitHubSays() throws IOException {
    assumeTrue(Files.exists(WHOLE), "GitHub's description is not at hand");
    JsonNode ours = JSON.readTree(CUT.toFile());

    JsonNode theirs = cut(JSON.readTree(WHOLE.toFile()), ours);
    if (Boolean.getBoolean("fixtures.update")) {
      Files.writeString(CUT, JSON.writeValueAsString(theirs) + "\n");
      return;
    }

    assertThat(ours).isEqualTo(theirs);
  }

  @Test
  void aRequestThatGitHubWouldNotUnderstandIsNoticed() {
    List<String> wrong =
        GitHubDescription.wrongRequest(
            "POST", "/repos/acme/shop/git/refs?fast=1", "{\"ref\":7,\"force\":true}");

    assertThat(wrong)
        .containsExactly(
            "post /repos/{owner}/{repo}/git/refs has no parameter fast",
            "post /repos/{owner}/{repo}/git/refs: body lacks sha",
            "post /repos/{owner}/{repo}/git/refs: body.ref is no string: 7",
            "post /repos/{owner}/{repo}/git/refs: body.force is unknown");
  }

  @Test
  void anAnswerThatGitHubWouldNotGiveIsNoticed() {
    assertThat(GitHubDescription.wrongRequest("POST", "/repos/acme/shop/git/heads", "{}"))
        .containsExactly("GitHub has no POST /repos/acme/shop/git/heads");
    assertThat(GitHubDescription.wrongAnswer("GET", "/repos/acme/shop/tags", 200, "[{\"id\":1}]"))
        .containsExactly("get /repos/{owner}/{repo}/tags: answer[].id is unknown");
  }

  private static ObjectNode cut(JsonNode whole, JsonNode wanted) {
    ObjectNode cut = JSON.createObjectNode();
    wanted
        .properties()
        .forEach(path -> {
          ObjectNode methods = cut.putObject(path.getKey());
          path.getValue()
              .fieldNames()
              .forEachRemaining(method ->
                  methods.set(
                      method,
                      operation(whole, whole.path("paths").path(path.getKey()).path(method))));
        });
    return cut;
  }

  private static ObjectNode operation(JsonNode whole, JsonNode theirs) {
    ObjectNode ours = JSON.createObjectNode();
    ArrayNode query = ours.putArray("query");
    for (JsonNode parameter : theirs.path("parameters")) {
      JsonNode known = resolved(whole, parameter);
      if (known.path("in").asText().equals("query")) {
        query.add(known.path("name"));
      }
    }
    JsonNode body = theirs.path("requestBody");
    if (body.isObject()) {
      ours.put("body-required", body.path("required").asBoolean());
      ours.set("body", schema(whole, ofJson(body), DEPTH_OF_BODIES));
    }
    ObjectNode answers = ours.putObject("answers");
    theirs
        .path("responses")
        .properties()
        .forEach(answer -> {
          if (answer.getKey().startsWith("2")) {
            answers.set(
                answer.getKey(),
                schema(whole, ofJson(resolved(whole, answer.getValue())), DEPTH_OF_ANSWERS));
          }
        });
    return ours;
  }

  private static JsonNode ofJson(JsonNode part) {
    return part.path("content").path("application/json").path("schema");
  }

  private static JsonNode resolved(JsonNode whole, JsonNode node) {
    return node.has("$ref") ? whole.at(node.path("$ref").asText().substring(1)) : node;
  }

  /// @param depth how far into objects and lists; below that anything goes
  private static ObjectNode schema(JsonNode whole, JsonNode node, int depth) {
    JsonNode theirs = resolved(whole, node);
    ObjectNode ours = JSON.createObjectNode();
    if (depth == 0) {
      return ours;
    }
    PLAIN.stream().sorted().filter(theirs::has).forEach(name -> ours.set(name, theirs.path(name)));
    for (String choice : List.of("oneOf", "anyOf", "allOf")) {
      theirs.path(choice).forEach(part -> ours.withArray(choice).add(schema(whole, part, depth)));
    }
    theirs
        .path("properties")
        .properties()
        .forEach(property ->
            ours.withObject("/properties")
                .set(property.getKey(), schema(whole, property.getValue(), depth - 1)));
    if (theirs.has("items")) {
      ours.set("items", schema(whole, theirs.path("items"), depth));
    }
    if (theirs.has("additionalProperties")) {
      JsonNode others = theirs.path("additionalProperties");
      ours.set(
          "additionalProperties", others.isObject() ? schema(whole, others, depth - 1) : others);
    }
    return ours;
  }
}
