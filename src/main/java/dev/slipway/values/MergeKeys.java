package dev.slipway.values;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a mapping holds beyond its own lines, through [merge
/// keys](https://yaml.org/type/merge.html) and aliases. Only looked at, never edited.
final class MergeKeys {
  private MergeKeys() {}

  /// Whether the line is `<<: ...`.
  static boolean isMerge(Node.Entry entry) {
    return entry.isNamed("<<")
        && entry.key() instanceof Node.Scalar key
        && key.style() == Node.Style.PLAIN;
  }

  /// The merge key of `mapping` that brings in the key `name`, if one does.
  static Optional<Node.Entry> mergeThatHolds(Node.Mapping mapping, String name) {
    return mapping.entries().stream()
        .filter(MergeKeys::isMerge)
        .filter(merge -> lookUp(merge.value(), name).isPresent())
        .findFirst();
  }

  /// Whether `element` is a mapping that has the asked-for text at the asked-for key.
  static boolean holds(Node element, KeySegment.Match match) {
    return textAt(element, match.key()).filter(match.value()::equals).isPresent();
  }

  /// The text that a reader finds at `name` in `element`, if that is a mapping.
  static Optional<String> textAt(Node element, String name) {
    return resolved(element) instanceof Node.Mapping mapping
        ? lookUp(mapping, name).flatMap(MergeKeys::text)
        : Optional.empty();
  }

  /// The text of a scalar, or of the scalar that an alias stands for.
  static Optional<String> text(Node node) {
    return resolved(node) instanceof Node.Scalar scalar
        ? Optional.of(scalar.value())
        : Optional.empty();
  }

  /// The value that a reader finds at `name` in a mapping, a list of mappings to merge, or an alias
  /// of either. Without recursion, and every mapping once: merges may fan out without end.
  private static Optional<Node> lookUp(Node from, String name) {
    Deque<Node> pending = new ArrayDeque<>(List.of(from));
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    while (!pending.isEmpty()) {
      Node node = resolved(pending.poll());
      if (!seen.add(node)) {
        continue;
      }
      if (node instanceof Node.Sequence sequence) {
        pending.addAll(sequence.items());
      } else if (node instanceof Node.Mapping mapping) {
        for (Node.Entry entry : mapping.entries()) {
          if (entry.isNamed(name)) {
            return Optional.of(entry.value());
          }
          if (isMerge(entry)) {
            pending.add(entry.value());
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Node resolved(Node node) {
    return node instanceof Node.Alias alias ? alias.anchor().node().orElseThrow() : node;
  }
}
