package dev.slipway.values;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Builds the nodes of a file from a parser's events, without recursion, and refuses what would
/// blow up in a reader that has less patience: deep nesting, alias bombs, self-reference.
final class TreeBuilder {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_ALIASED_NODES = 100_000;

  private final List<Node> documents = new ArrayList<>();
  private final Deque<Open> open = new ArrayDeque<>();
  private final Map<String, Anchor> anchors = new HashMap<>();
  private Optional<Node> root = Optional.empty();
  private long aliasedNodes;

  private enum Kind {
    MAPPING,
    SEQUENCE
  }

  /// A collection that is not read to its end.
  private static final class Open {
    private final Kind kind;
    private final Node.Place place;
    private final List<Node> children = new ArrayList<>();
    private long size = 1;

    private Open(Kind kind, Node.Place place) {
      this.kind = kind;
      this.place = place;
    }

    private Node toNode() {
      return switch (kind) {
        case SEQUENCE -> new Node.Sequence(List.copyOf(children), place);
        case MAPPING -> {
          List<Node.Entry> entries = new ArrayList<>();
          for (int i = 0; i + 1 < children.size(); i += 2) {
            entries.add(new Node.Entry(children.get(i), children.get(i + 1)));
          }
          yield new Node.Mapping(List.copyOf(entries), place);
        }
      };
    }
  }

  /// Whether the next node stands between braces or brackets.
  boolean inFlow() {
    return !open.isEmpty() && open.peek().place.flow();
  }

  /// Announces the anchor of the next node, to be part of its place.
  Anchor anchor(String name, int line) {
    Anchor anchor = new Anchor(name, line);
    anchors.put(name, anchor);
    return anchor;
  }

  void scalar(Node.Scalar scalar) {
    add(scalar, 1);
  }

  void startMapping(Node.Place place) throws UnreadableException {
    start(Kind.MAPPING, place);
  }

  void startSequence(Node.Place place) throws UnreadableException {
    start(Kind.SEQUENCE, place);
  }

  private void start(Kind kind, Node.Place place) throws UnreadableException {
    if (open.size() == MAX_DEPTH) {
      throw new UnreadableException(
          place.line(),
          "it is nested deeper than %d levels".formatted(MAX_DEPTH),
          "Flatten the file, or move the value into a file of its own.");
    }
    open.push(new Open(kind, place));
  }

  /// Ends the innermost open collection.
  void end() {
    Open ended = open.pop();
    add(ended.toNode(), ended.size);
  }

  void alias(String name, Node.Place place) throws UnreadableException {
    Anchor anchor = anchors.get(name);
    if (anchor == null) {
      throw new UnreadableException(
          place.line(),
          "the alias %s has no anchor before it".formatted(Names.shown("*" + name)),
          "Correct the alias or add the anchor.");
    }
    if (anchor.node().isEmpty()) {
      throw new UnreadableException(
          place.line(),
          "the alias %s stands inside its own anchor".formatted(Names.shown("*" + name)),
          "Write the file without a structure that contains itself.");
    }
    aliasedNodes += anchor.size();
    if (aliasedNodes > MAX_ALIASED_NODES) {
      throw new UnreadableException(
          place.line(),
          "its aliases stand for more than %,d values: an alias bomb".formatted(MAX_ALIASED_NODES),
          "Write the file with fewer aliases of aliases.");
    }
    anchor.referredFrom(place.line());
    add(new Node.Alias(anchor, place), anchor.size());
  }

  private void add(Node node, long size) {
    node.place().anchor().ifPresent(anchor -> anchor.complete(node, size));
    if (open.isEmpty()) {
      root = Optional.of(node);
    } else {
      open.peek().children.add(node);
      open.peek().size += size;
    }
  }

  /// Ends a document. Anchors do not outlive it.
  void endDocument() {
    root.ifPresent(documents::add);
    root = Optional.empty();
    anchors.clear();
  }

  /// The outermost node of each document.
  List<Node> documents() {
    return List.copyOf(documents);
  }
}
