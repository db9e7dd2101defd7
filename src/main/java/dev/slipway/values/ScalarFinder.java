package dev.slipway.values;

import java.util.List;
import java.util.Optional;

/// Walks a key path through the documents of one file, to a scalar that can be replaced without
/// changing anything else.
final class ScalarFinder {
  private final List<Node> documents;
  private final KeyPath key;
  private final PathProblems problems;
  private final TargetCheck targets;

  ScalarFinder(FileText file, List<Node> documents, KeyPath key) {
    this.documents = documents;
    this.key = key;
    this.problems = new PathProblems(file.path(), key, documents);
    this.targets = new TargetCheck(file, key);
  }

  /// @throws dev.slipway.problem.ActionException when there is none, or it is no safe target
  Node.Scalar find() {
    if (key.document() >= documents.size()) {
      throw problems.noSuchDocument();
    }
    Node node = documents.get(key.document());
    for (int step = 0; step < key.segments().size(); step++) {
      targets.refuseShared(node);
      node = next(node, step);
    }
    targets.refuseShared(node);
    return targets.replaceable(node);
  }

  private Node next(Node node, int step) {
    return switch (node) {
      case Node.Alias alias -> throw problems.throughAlias(alias, step);
      case Node.Scalar scalar -> throw problems.nothingBelow(scalar, step);
      case Node.Mapping mapping ->
          switch (key.segments().get(step)) {
            case KeySegment.Key(String name) -> valueOf(mapping, name, step);
            case KeySegment.Index _, KeySegment.Match _ ->
                throw problems.mappingHasNoElements(mapping, step);
          };
      case Node.Sequence sequence ->
          switch (key.segments().get(step)) {
            case KeySegment.Key _ -> throw problems.sequenceHasNoKeys(sequence, step);
            case KeySegment.Index(int index) -> elementAt(sequence, index, step);
            case KeySegment.Match match -> elementMatching(sequence, match, step);
          };
    };
  }

  private Node valueOf(Node.Mapping mapping, String name, int step) {
    List<Node.Entry> entries =
        mapping.entries().stream().filter(entry -> entry.isNamed(name)).toList();
    if (entries.size() > 1) {
      throw problems.duplicate(entries, step);
    }
    if (entries.isEmpty()) {
      Optional<Node.Entry> merge = MergeKeys.mergeThatHolds(mapping, name);
      throw merge
          .map(entry -> problems.onlyMerged(entry, step))
          .orElseGet(() -> problems.missing(mapping, name, step));
    }
    if (MergeKeys.isMerge(entries.getFirst())) {
      throw problems.onlyMerged(entries.getFirst(), step);
    }
    return entries.getFirst().value();
  }

  private Node elementAt(Node.Sequence sequence, int index, int step) {
    if (index >= sequence.items().size()) {
      throw problems.indexTooHigh(sequence, step);
    }
    return sequence.items().get(index);
  }

  private Node elementMatching(Node.Sequence sequence, KeySegment.Match match, int step) {
    List<Node> found =
        sequence.items().stream().filter(item -> MergeKeys.holds(item, match)).toList();
    if (found.size() != 1) {
      throw problems.notOneMatch(sequence, match, found, step);
    }
    return found.getFirst();
  }
}
