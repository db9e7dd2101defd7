package dev.slipway.values;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// Reads an input that is a YAML mapping, `gitops-update` say:
///
/// ```yaml
/// apps/shop/values.yaml:
///   backstage.image.tag: "{tag}"
/// ```
///
/// Only the plain part of YAML: no anchors, aliases, merge keys, tags, or further documents. A lone
/// placeholder may stand without quotes: YAML takes `{tag}` for a mapping with the key `tag` and no
/// value, which means nothing in an input, so it is read as the text it looks like.
public final class YamlMapping {
  private static final int MAX_LENGTH = 1 << 20;
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{[A-Za-z][A-Za-z0-9.-]*(?::[0-9]+)?}");

  private final String yaml;

  private YamlMapping(String yaml) {
    this.yaml = yaml;
  }

  /// Reads a mapping; a text without any content is an empty one.
  ///
  /// @throws IllegalArgumentException when it is anything else; the message begins with the line
  public static YamlValue.Mapping parse(String yaml) {
    if (yaml.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "it has %,d characters; %,d are allowed".formatted(yaml.length(), MAX_LENGTH));
    }
    return new YamlMapping(yaml).read();
  }

  private YamlValue.Mapping read() {
    List<Node> documents = documents();
    if (documents.isEmpty()) {
      return new YamlValue.Mapping(new LinkedHashMap<>());
    }
    if (documents.size() > 1) {
      throw wrong(documents.get(1), "a second YAML document begins; one is read");
    }
    return switch (documents.getFirst()) {
      case Node.Mapping mapping -> mapping(mapping);
      case Node.Sequence list -> throw wrong(list, "it is a list, not a mapping `name: value`");
      case Node.Scalar scalar -> throw wrong(scalar, "it is a text, not a mapping `name: value`");
      case Node.Alias alias -> throw alias(alias);
    };
  }

  private List<Node> documents() {
    try {
      return YamlReader.read(yaml);
    } catch (UnreadableException e) {
      String hint =
          yaml.contains("{") || yaml.contains("[")
              ? "; put a value or key that begins with `{` or `[` in quotes: `\"{tag}-arm64\"`"
              : "";
      throw new IllegalArgumentException(e.why() + hint, e);
    }
  }

  private YamlValue value(Node node) {
    return switch (node) {
      case Node.Scalar scalar -> text(scalar);
      case Node.Sequence list -> list(list);
      case Node.Mapping mapping when isPlaceholder(mapping) -> placeholder(mapping);
      case Node.Mapping mapping -> mapping(mapping);
      case Node.Alias alias -> throw alias(alias);
    };
  }

  private YamlValue.Text text(Node.Scalar scalar) {
    refuseProperties(scalar);
    return new YamlValue.Text(scalar.value());
  }

  private YamlValue.Sequence list(Node.Sequence list) {
    refuseProperties(list);
    return new YamlValue.Sequence(list.items().stream().map(this::value).toList());
  }

  private YamlValue.Mapping mapping(Node.Mapping mapping) {
    refuseProperties(mapping);
    SequencedMap<String, YamlValue> entries = new LinkedHashMap<>();
    for (Node.Entry entry : mapping.entries()) {
      String key = key(entry);
      if (entries.putIfAbsent(key, value(entry.value())) != null) {
        throw wrong(entry.key(), "the key %s stands there twice".formatted(Names.shown(key)));
      }
    }
    return new YamlValue.Mapping(entries);
  }

  private static String key(Node.Entry entry) {
    if (MergeKeys.isMerge(entry)) {
      throw wrong(entry.key(), "merge keys, `<<`, are not supported here");
    }
    if (!(entry.key() instanceof Node.Scalar key)) {
      throw wrong(
          entry.key(), "a key must be a text; put one that begins with `{` or `[` in quotes");
    }
    refuseProperties(key);
    return key.value();
  }

  private static boolean isPlaceholder(Node.Mapping mapping) {
    return mapping.entries().size() == 1
        && mapping.entries().getFirst().value() instanceof Node.Scalar value
        && value.style() == Node.Style.MISSING;
  }

  private YamlValue.Text placeholder(Node.Mapping mapping) {
    refuseProperties(mapping);
    String text =
        mapping.entries().getFirst().key() instanceof Node.Scalar key
            ? "{" + key.value() + "}"
            : "";
    if (!PLACEHOLDER.matcher(text).matches() || !yaml.startsWith(text, mapping.place().start())) {
      throw wrong(
          mapping, "a value that begins with `{` is a mapping in YAML; quote it: `\"{tag}\"`");
    }
    return new YamlValue.Text(text);
  }

  private static void refuseProperties(Node node) {
    if (node.place().anchor().isPresent()) {
      throw wrong(
          node, "anchors, `&name`, are not supported here; quote a text that begins with `&`");
    }
    if (node.place().tag().isPresent()) {
      throw wrong(node, "tags, `!name`, are not supported here; quote a text that begins with `!`");
    }
  }

  private static IllegalArgumentException alias(Node.Alias alias) {
    return wrong(
        alias, "aliases, `*name`, are not supported here; quote a text that begins with `*`");
  }

  private static IllegalArgumentException wrong(Node node, String why) {
    return new IllegalArgumentException("line " + node.place().line() + ": " + why);
  }
}
