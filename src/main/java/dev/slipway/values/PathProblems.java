package dev.slipway.values;

import dev.slipway.problem.ActionException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What is wrong with a key path that does not lead to a value of its own.
///
/// @param path of the file
/// @param step how many segments of the key path were walked before it went wrong
/// @param line where that part of the path is
record PathProblems(String path, KeyPath key, List<Node> documents, int step, int line) {
  private static final String NEVER_ADDS =
      "Correct the key path. Slipway replaces values and never adds a key.";

  ActionException noSuchDocument() {
    String count =
        switch (documents.size()) {
          case 0 -> "the file is empty";
          case 1 -> "the file has one document, `[document=0]`";
          default ->
              "the file has %d documents, `[document=0]` to `[document=%d]`"
                  .formatted(documents.size(), documents.size() - 1);
        };
    return notThere(count, NEVER_ADDS);
  }

  ActionException missing(Node.Mapping mapping, String name) {
    return notThere(
        "%s has no key %s; %s".formatted(here(), Names.shown(name), content(mapping, name)),
        dottedKey(names(mapping)).or(this::otherDocument).orElse(NEVER_ADDS));
  }

  private static String content(Node.Mapping mapping, String wanted) {
    List<String> names = names(mapping);
    return names.isEmpty() ? "it has none" : "it has " + Names.closestTo(wanted, names);
  }

  private static List<String> names(Node.Mapping mapping) {
    return mapping.entries().stream()
        .flatMap(entry -> MergeKeys.text(entry.key()).stream())
        .toList();
  }

  /// Helm's `--set` and others let a path mean a key with dots in its name.
  private Optional<String> dottedKey(List<String> names) {
    List<KeySegment> rest = key.segments().subList(step, key.segments().size());
    return names.stream()
        .filter(name -> name.contains(".") && KeySegment.joined(rest).startsWith(name))
        .findFirst()
        .map(name ->
            "Quote the key that has dots in its name: `%s`.".formatted(new KeySegment.Key(name)));
  }

  private Optional<String> otherDocument() {
    return IntStream.range(0, documents.size())
        .filter(document -> document != key.document() && leads(documents.get(document)))
        .mapToObj("Another document of the file has it: put `[document=%d].` first."::formatted)
        .findFirst();
  }

  private boolean leads(Node document) {
    Optional<Node> node = Optional.of(document);
    for (KeySegment segment : key.segments()) {
      node = node.flatMap(parent -> child(parent, segment));
    }
    return node.isPresent();
  }

  private static Optional<Node> child(Node parent, KeySegment segment) {
    return switch (segment) {
      case KeySegment.Key(String name) when parent instanceof Node.Mapping mapping ->
          mapping.entries().stream()
              .filter(entry -> entry.isNamed(name))
              .map(Node.Entry::value)
              .findFirst();
      case KeySegment.Index(int index) when parent instanceof Node.Sequence sequence ->
          sequence.items().stream().skip(index).findFirst();
      case KeySegment.Match match when parent instanceof Node.Sequence sequence ->
          sequence.items().stream().filter(item -> MergeKeys.holds(item, match)).findFirst();
      case KeySegment.Key _, KeySegment.Index _, KeySegment.Match _ -> Optional.empty();
    };
  }

  ActionException nothingBelow(Node.Scalar scalar) {
    String kind = scalar.isBlank() ? "is empty" : "is a single value";
    return notThere("%s %s; nothing lies below it".formatted(here(), kind), NEVER_ADDS);
  }

  ActionException mappingHasNoElements(Node.Mapping mapping) {
    return notThere(
        "%s is a mapping, not a list; %s".formatted(here(), content(mapping, "")),
        "Go into a mapping by a key: `image.tag`.");
  }

  ActionException sequenceHasNoKeys(Node.Sequence sequence) {
    return notThere(
        "%s is a list with %s, not a mapping".formatted(here(), elements(sequence.items().size())),
        "Go into a list by an index, `images[0].newTag`, or by a key of the element, `images[name=app].newTag`.");
  }

  ActionException indexTooHigh(Node.Sequence sequence) {
    return notThere(
        "%s is a list with %s, counted from 0".formatted(here(), elements(sequence.items().size())),
        "Correct the index, or name the element by one of its keys: `[name=app]`.");
  }

  ActionException notOneMatch(Node.Sequence sequence, KeySegment.Match match, List<Node> found) {
    if (found.isEmpty()) {
      return notThere(
          "no element of %s matches `%s`; %s".formatted(here(), match, candidates(sequence, match)),
          NEVER_ADDS);
    }
    return new ActionException(
        "`%s` in `%s` names more than one value".formatted(key, path),
        "%d elements of %s match `%s`: lines %s"
            .formatted(found.size(), here(), match, lines(found)),
        "Name the element by a key that only one has, or by its index.");
  }

  private static String candidates(Node.Sequence sequence, KeySegment.Match match) {
    List<String> values =
        sequence.items().stream()
            .flatMap(item -> MergeKeys.textAt(item, match.key()).stream())
            .toList();
    return values.isEmpty()
        ? "none of its %s has a key %s"
            .formatted(elements(sequence.items().size()), Names.shown(match.key()))
        : "%s there: %s"
            .formatted(Names.shown(match.key()), Names.closestTo(match.value(), values));
  }

  ActionException duplicate(List<Node.Entry> entries) {
    return new ActionException(
        "`%s` in `%s` names more than one value".formatted(key, path),
        "the key %s stands there %d times: lines %s"
            .formatted(
                Names.shown(through(step + 1)),
                entries.size(),
                lines(entries.stream().map(Node.Entry::key).toList())),
        "Remove the duplicates; parsers disagree about which one counts.");
  }

  ActionException throughAlias(Node.Alias alias) {
    return new ActionException(
        "`%s` in `%s` leads through an alias".formatted(key, path),
        "%s is %s; its content belongs to the anchor in line %d"
            .formatted(here(), Names.shown("*" + alias.anchor().name()), alias.anchor().line()),
        "Write the content out in place of the alias.");
  }

  ActionException onlyMerged(Node.Entry merge) {
    return new ActionException(
        "`%s` in `%s` is there through a merge key only".formatted(key, path),
        "%s comes from `<<` in line %d, and so it may be in other places too"
            .formatted(Names.shown(through(step + 1)), merge.key().place().line()),
        "Write the key itself below the `<<`; it takes precedence.");
  }

  private ActionException notThere(String why, String fix) {
    return new ActionException("`%s` has no `%s`".formatted(path, key), why, fix);
  }

  /// The part of the path that exists, with its line.
  private String here() {
    return step == 0 ? "the top level" : "%s (line %d)".formatted(Names.shown(through(step)), line);
  }

  private String through(int steps) {
    return KeySegment.joined(key.segments().subList(0, steps));
  }

  private static String elements(int count) {
    return count == 1 ? "1 element" : count + " elements";
  }

  private static String lines(List<? extends Node> nodes) {
    return nodes.stream()
        .limit(10)
        .map(node -> String.valueOf(node.place().line()))
        .collect(Collectors.joining(", "));
  }
}
