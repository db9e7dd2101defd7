package dev.slipway.runner.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.values.FileContent;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The task definition in the workspace, checked as far as it can be before AWS is asked.
final class TaskDefinitionFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  // A gap to fill in, as in `arn:aws:iam::<account>:role/api`; no HTML, and no redirection in a
  // shell command.
  private static final Pattern GAP =
      Pattern.compile("[^\\s<>]*<[A-Za-z][A-Za-z0-9_.-]*>[^\\s<>]*|<[^<>]+>");
  private static final String CONTAINERS = "containerDefinitions";

  private final InputTexts inputs;
  private final LocalFiles files;
  private final String path;

  TaskDefinitionFile(InputTexts inputs, LocalFiles files, String path) {
    this.inputs = inputs;
    this.files = files;
    this.path = path;
  }

  /// Its JSON; empty, with problems, when it cannot be used.
  ///
  /// @param container whose image will be replaced, whatever it is; empty: the only one
  Optional<String> read(Optional<String> container) {
    return files
        .content(Input.ECS_TASK_DEFINITION, path)
        .flatMap(this::parse)
        .filter(definition -> hasParts(definition) && hasContainer(definition, container))
        .filter(definition -> hasNoGap(definition, container))
        .map(JsonNode::toString);
  }

  private Optional<ObjectNode> parse(FileContent content) {
    String text = content.text().orElse("").replaceFirst("^\uFEFF", "");
    try {
      if (JSON.readTree(text) instanceof ObjectNode definition) {
        return Optional.of(definition);
      }
      wrong("it is no JSON object");
    } catch (JsonProcessingException e) {
      wrong(
          "it is not JSON: line %d, %s"
              .formatted(
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  InputTexts.shown(e.getOriginalMessage())));
    }
    return Optional.empty();
  }

  private boolean hasParts(ObjectNode definition) {
    if (definition.path("family").asText().isEmpty()) {
      wrong("it has no `family`");
      return false;
    }
    if (names(definition).isEmpty()) {
      wrong("it has no `%s`".formatted(CONTAINERS));
      return false;
    }
    return true;
  }

  private boolean hasContainer(ObjectNode definition, Optional<String> container) {
    List<String> names = names(definition);
    if (container.isPresent() && !names.contains(container.get())) {
      inputs.wrong(
          Input.ECS_CONTAINER,
          container.get(),
          "the containers in `%s` are %s".formatted(path, String.join(", ", names)),
          "Write one of them.");
      return false;
    }
    if (container.isEmpty() && names.size() > 1) {
      inputs.missing(
          Input.ECS_CONTAINER,
          "`%s` has several containers: %s".formatted(path, String.join(", ", names)),
          "Write which of them gets the image.");
      return false;
    }
    return true;
  }

  private static List<String> names(ObjectNode definition) {
    return definition
        .path(CONTAINERS)
        .valueStream()
        .map(container -> container.path("name").asText())
        .toList();
  }

  private boolean hasNoGap(ObjectNode definition, Optional<String> container) {
    ObjectNode rest = definition.deepCopy();
    rest.path(CONTAINERS)
        .valueStream()
        .filter(each -> container.isEmpty() || container.get().equals(each.path("name").asText()))
        .forEach(each -> ((ObjectNode) each).remove("image"));
    List<String> gaps = texts(rest).filter(text -> GAP.matcher(text).matches()).distinct().toList();
    if (gaps.isEmpty()) {
      return true;
    }
    inputs.wrong(
        Input.ECS_TASK_DEFINITION,
        path,
        "it still holds gaps to fill in: "
            + String.join(", ", gaps.stream().map(InputTexts::shown).toList()),
        "Write what belongs there, such as the account's number for `<account>`.");
    return false;
  }

  private static Stream<String> texts(JsonNode node) {
    return node.isTextual()
        ? Stream.of(node.asText())
        : node.valueStream().flatMap(TaskDefinitionFile::texts);
  }

  private void wrong(String why) {
    inputs.wrong(
        Input.ECS_TASK_DEFINITION,
        path,
        why,
        "Name a JSON file such as `aws ecs register-task-definition --cli-input-json` takes.");
  }
}
