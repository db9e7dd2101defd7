package dev.slipway.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.delivery.DeliveryRecord;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.Tag;
import dev.slipway.values.KeyPath;
import dev.slipway.version.CommitSha;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What Slipway writes into the payload of a GitHub deployment. Whoever may make deployments can
/// write another one, so that nothing in it is believed before the domain's own types have read it.
///
/// @param key random, by which the deployment of a lost answer is found again
/// @param target what was delivered to
record DeploymentPayload(String key, String target, String runId, DeliveryRecord record) {
  private static final String FORMAT = "slipway";
  private static final int FORMAT_NUMBER = 1;
  private static final int LONGEST_WORD = 2_048;

  /// As JSON.
  String text() {
    ObjectNode json =
        Transport.JSON
            .createObjectNode()
            .put(FORMAT, FORMAT_NUMBER)
            .put("key", key)
            .put("target", target)
            .put("run", runId);
    record.version().ifPresent(version -> json.put("version", version));
    record.images().forEach(image -> write(image, json.withArray("images").addObject()));
    record
        .values()
        .forEach(value ->
            json.withArray("values")
                .addObject()
                .put("file", value.file())
                .put("key", value.key().text())
                .put("text", value.text()));
    record.taskDefinition().ifPresent(arn -> json.put("task-definition", arn));
    return json.toString();
  }

  private static void write(DeliveryRecord.Image image, ObjectNode json) {
    image.component().ifPresent(component -> json.put("component", component));
    image
        .name()
        .ifPresent(
            name -> json.put("registry", name.registry()).put("repository", name.repository()));
    image.tags().forEach(tag -> json.withArray("tags").add(tag.value()));
    image.digest().ifPresent(digest -> json.put("digest", digest.value()));
  }

  /// Reads what [#text] wrote; empty for all else, and for a format of the future.
  ///
  /// @param text JSON, or a JSON string that holds it: GitHub keeps a payload as it came, and both
  ///   forms come
  static Optional<DeploymentPayload> read(String text, String commit) {
    try {
      JsonNode outer = Transport.JSON.readTree(text);
      JsonNode json = outer.isTextual() ? Transport.JSON.readTree(outer.asText()) : outer;
      return json.path(FORMAT).isInt() && json.path(FORMAT).asInt() == FORMAT_NUMBER
          ? Optional.of(read(json, new CommitSha(commit)))
          : Optional.empty();
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static DeploymentPayload read(JsonNode json, CommitSha commit) {
    return new DeploymentPayload(
        word(json, "key"),
        word(json, "target"),
        word(json, "run"),
        new DeliveryRecord(
            commit,
            optional(json, "version"),
            list(json, "images", DeploymentPayload::image),
            list(json, "values", DeploymentPayload::value),
            optional(json, "task-definition").map(DeploymentPayload::arn)));
  }

  private static DeliveryRecord.Image image(JsonNode json) {
    List<Tag> tags = list(json, "tags", tag -> new Tag(text(tag)));
    if (tags.isEmpty()) {
      throw new IllegalArgumentException("an image without a tag");
    }
    return new DeliveryRecord.Image(
        optional(json, "component"),
        optional(json, "repository").map(path -> new ImageName(word(json, "registry"), path)),
        tags,
        optional(json, "digest").map(Digest::new));
  }

  private static DeliveryRecord.Value value(JsonNode json) {
    return new DeliveryRecord.Value(
        file(word(json, "file")), KeyPath.parse(word(json, "key")), text(json.path("text")));
  }

  private static String file(String path) {
    if (path.startsWith("/") || List.of(path.split("/", -1)).contains("..")) {
      throw new IllegalArgumentException("not a file of the repository: " + path);
    }
    return path;
  }

  private static String arn(String text) {
    if (!text.startsWith("arn:")) {
      throw new IllegalArgumentException("not an ARN: " + text);
    }
    return text;
  }

  private static <T> List<T> list(JsonNode json, String name, Function<JsonNode, T> reading) {
    return json.path(name).valueStream().map(reading).toList();
  }

  private static Optional<String> optional(JsonNode json, String name) {
    return json.has(name) ? Optional.of(word(json, name)) : Optional.empty();
  }

  /// What people may be shown.
  private static String word(JsonNode json, String name) {
    String word = text(json.path(name));
    if (word.isBlank()
        || word.length() > LONGEST_WORD
        || word.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("no word: " + name);
    }
    return word;
  }

  private static String text(JsonNode node) {
    if (!node.isTextual()) {
      throw new IllegalArgumentException("no text");
    }
    return node.asText();
  }
}
