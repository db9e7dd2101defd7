package dev.slipway.values;

import java.util.List;
import java.util.Optional;

/// Walks a key path through the documents of one file, to a scalar that can be replaced without
/// changing anything else.
final class ScalarFinder {
  private final FileText file;
  private final List<Node> documents;
  private final KeyPath key;
  private final TargetCheck targets;

  /// Of the part of the path that is walked.
  private int line = 1;

  ScalarFinder(FileText file, List<Node> documents, KeyPath key) {
    this.file = file;
    this.documents = documents;
    this.key = key;
    this.targets = new TargetCheck(file, key);
  }

  /// @throws dev.slipway.problem.ActionException when there is none, or it is no safe target
  Node.Scalar find() {
    if (key.document() >= documents.size()) {
      throw problems(0).noSuchDocument();
    }
    Node node = documents.get(key.document());
    for (int step = 0; step < key.segments().size(); step++) {
      targets.refuseOnTheWay(node);
      node = next(node, step);
    }
    targets.refuseOnTheWay(node);
    return targets.replaceable(node, line);
  }

  /// The scalar, if there is one, whether or not it is a safe target.
  Optional<Node.Scalar> peek() {
    Optional<Node> node =
        key.document() < documents.size()
            ? Optional.of(documents.get(key.document()))
            : Optional.empty();
    for (KeySegment segment : key.segments()) {
      node = node.flatMap(known -> peek(known, segment));
    }
    return node.flatMap(
        known -> known instanceof Node.Scalar scalar ? Optional.of(scalar) : Optional.empty());
  }

  private static Optional<Node> peek(Node node, KeySegment segment) {
    return switch (node) {
      case Node.Alias _, Node.Scalar _ -> Optional.empty();
      case Node.Mapping mapping ->
          segment instanceof KeySegment.Key(String name)
              ? mapping.entries().stream()
                  .filter(entry -> entry.isNamed(name))
                  .map(Node.Entry::value)
                  .findFirst()
              : Optional.empty();
      case Node.Sequence sequence ->
          switch (segment) {
            case KeySegment.Key _ -> Optional.empty();
            case KeySegment.Index(int index) -> sequence.items().stream().skip(index).findFirst();
            case KeySegment.Match match ->
                sequence.items().stream().filter(item -> MergeKeys.holds(item, match)).findFirst();
          };
    };
  }

  private PathProblems problems(int step) {
    return new PathProblems(file.path(), key, documents, step, line);
  }

  private Node next(Node node, int step) {
    PathProblems problems = problems(step);
    return switch (node) {
      case Node.Alias alias -> throw problems.throughAlias(alias);
      case Node.Scalar scalar -> throw problems.nothingBelow(scalar);
      case Node.Mapping mapping ->
          switch (key.segments().get(step)) {
            case KeySegment.Key(String name) -> valueOf(mapping, name, problems);
            case KeySegment.Index _, KeySegment.Match _ ->
                throw problems.mappingHasNoElements(mapping);
          };
      case Node.Sequence sequence ->
          switch (key.segments().get(step)) {
            case KeySegment.Key _ -> throw problems.sequenceHasNoKeys(sequence);
            case KeySegment.Index(int index) -> elementAt(sequence, index, problems);
            case KeySegment.Match match -> elementMatching(sequence, match, problems);
          };
    };
  }

  private Node valueOf(Node.Mapping mapping, String name, PathProblems problems) {
    List<Node.Entry> entries =
        mapping.entries().stream().filter(entry -> entry.isNamed(name)).toList();
    if (entries.size() > 1) {
      throw problems.duplicate(entries);
    }
    if (entries.isEmpty()) {
      throw MergeKeys.mergeThatHolds(mapping, name)
          .map(problems::onlyMerged)
          .orElseGet(() -> problems.missing(mapping, name));
    }
    Node.Entry entry = entries.getFirst();
    if (MergeKeys.isMerge(entry)) {
      throw problems.onlyMerged(entry);
    }
    line = entry.key().place().line();
    return entry.value();
  }

  private Node elementAt(Node.Sequence sequence, int index, PathProblems problems) {
    if (index >= sequence.items().size()) {
      throw problems.indexTooHigh(sequence);
    }
    return element(sequence.items().get(index));
  }

  private Node elementMatching(
      Node.Sequence sequence, KeySegment.Match match, PathProblems problems) {
    List<Node> found =
        sequence.items().stream().filter(item -> MergeKeys.holds(item, match)).toList();
    if (found.size() != 1) {
      throw problems.notOneMatch(sequence, match, found);
    }
    return element(found.getFirst());
  }

  private Node element(Node item) {
    line = item.place().line();
    return item;
  }
}
