package dev.slipway.values;

import dev.slipway.problem.ActionException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether what a key path leads to can be replaced without harm.
final class TargetCheck {
  /// Types that a text is not; a tag of the application's own says nothing about that.
  private static final Set<String> OTHER_TYPES =
      Set.of("int", "float", "bool", "null", "timestamp", "binary");

  private static final String YAML_TAG = "tag:yaml.org,2002:";

  private final FileText file;
  private final KeyPath key;

  TargetCheck(FileText file, KeyPath key) {
    this.file = file;
    this.key = key;
  }

  /// Refuses a node, around the target or the target itself, that aliases refer to: the values at
  /// those places would change too. And one that is no node at all, but `{{ ... }}`, which YAML
  /// takes for a mapping.
  void refuseOnTheWay(Node node) {
    if (node instanceof Node.Mapping && file.text().startsWith("{{", node.place().start())) {
      throw template(node);
    }
    node.place().anchor().ifPresent(this::refuseUnsafe);
  }

  private void refuseUnsafe(Anchor anchor) {
    if (!anchor.aliasLines().isEmpty()) {
      throw shared(anchor);
    }
    // In YAML 1.2 a name goes on to the next blank; what Helm reads with ends it here, and takes
    // the
    // rest for the value.
    if (!anchor.name().matches("[A-Za-z0-9_-]+")) {
      throw notReplaced(
          "line %d: some parsers take a part of its anchor %s for the value"
              .formatted(anchor.line(), Names.shown("&" + anchor.name())),
          "Write the name of the anchor with letters, digits, `-` and `_` only.");
    }
  }

  private ActionException shared(Anchor anchor) {
    String lines =
        anchor.aliasLines().stream()
            .limit(10)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return new ActionException(
        "`%s` in `%s` is shared through an anchor".formatted(key, file.path()),
        "%s in line %d is referred to in line %s: a new value would be one there too"
            .formatted(Names.shown("&" + anchor.name()), anchor.line(), lines),
        "Write the values out in place of the aliases, so that each place has its own.");
  }

  /// `node` as a scalar.
  ///
  /// @param line of its key
  /// @throws ActionException when it is none, or one that is better not replaced
  Node.Scalar replaceable(Node node, int line) {
    return switch (node) {
      case Node.Mapping mapping -> throw mapping(mapping, line);
      case Node.Sequence sequence -> throw sequence(sequence, line);
      case Node.Alias alias -> throw alias(alias);
      case Node.Scalar scalar -> {
        refuseUnsafe(scalar);
        yield scalar;
      }
    };
  }

  private ActionException mapping(Node.Mapping mapping, int line) {
    List<String> names =
        mapping.entries().stream().flatMap(entry -> MergeKeys.text(entry.key()).stream()).toList();
    String content = names.isEmpty() ? "" : " with " + Names.closestTo("tag", names);
    return noSingleValue(
        "line %d: it is a mapping%s".formatted(line, content),
        "Name one value in it: `%s.%s`."
            .formatted(key, names.isEmpty() ? "tag" : new KeySegment.Key(names.getFirst())));
  }

  private ActionException sequence(Node.Sequence sequence, int line) {
    return noSingleValue(
        "line %d: it is a list with %d elements".formatted(line, sequence.items().size()),
        "Name one value in it: `%s[0]`.".formatted(key));
  }

  private ActionException alias(Node.Alias alias) {
    return noSingleValue(
        "line %d: it is the alias %s; the value belongs to the anchor in line %d"
            .formatted(
                alias.place().line(),
                Names.shown("*" + alias.anchor().name()),
                alias.anchor().line()),
        "Write the value out in place of the alias.");
  }

  private void refuseUnsafe(Node.Scalar scalar) {
    if (scalar.style() == Node.Style.BLOCK) {
      throw noSingleValue(
          "line %d: it is a block of lines (`|` or `>`)".formatted(scalar.place().line()),
          "Write the value on one line.");
    }
    if (Expressions.holdsTemplate(scalar.value())) {
      throw template(scalar);
    }
    if (Expressions.holdsVariable(scalar.value())) {
      throw notReplaced(
          "line %d: it takes its value from a variable, `${...}`".formatted(scalar.place().line()),
          "Name the place where the variable is set, the `.env` file of docker compose say.");
    }
    scalar.place().tag().ifPresent(tag -> refuseOtherType(scalar, tag));
  }

  private void refuseOtherType(Node.Scalar scalar, String tag) {
    String type = tag.startsWith(YAML_TAG) ? tag.substring(YAML_TAG.length()) : "";
    if (OTHER_TYPES.contains(type)) {
      throw notReplaced(
          "line %d: its tag `!!%s` says that it is not a text"
              .formatted(scalar.place().line(), type),
          "Remove the tag.");
    }
    // PyYAML and SnakeYAML guess a type in spite of it, and even of quotes.
    if (tag.equals("!")) {
      throw notReplaced(
          "line %d: its tag `!` makes it a text for some parsers and none for others"
              .formatted(scalar.place().line()),
          "Remove the tag, or write `!!str`.");
    }
  }

  private ActionException template(Node node) {
    return notReplaced(
        "line %d: it is a template expression, `{{ ... }}`".formatted(node.place().line()),
        "Name the place that the template takes the value from, a key of `values.yaml` say.");
  }

  private ActionException noSingleValue(String why, String fix) {
    return new ActionException(
        "`%s` in `%s` is not a single value".formatted(key, file.path()), why, fix);
  }

  private ActionException notReplaced(String why, String fix) {
    return new ActionException(
        "`%s` in `%s` is not replaced".formatted(key, file.path()), why, fix);
  }
}
