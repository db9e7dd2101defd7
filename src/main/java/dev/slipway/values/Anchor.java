package dev.slipway.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A YAML anchor, `&name`: filled in while the file is read, then only looked at.
final class Anchor {
  private final String name;
  private final int line;
  private final List<Integer> aliasLines = new ArrayList<>();
  private Optional<Node> node = Optional.empty();
  private long size;

  Anchor(String name, int line) {
    this.name = name;
    this.line = line;
  }

  String name() {
    return name;
  }

  int line() {
    return line;
  }

  /// What it stands for; empty as long as that is not read to its end.
  Optional<Node> node() {
    return node;
  }

  /// How many nodes it stands for, with all its aliases resolved.
  long size() {
    return size;
  }

  /// The lines that refer to it.
  List<Integer> aliasLines() {
    return List.copyOf(aliasLines);
  }

  void complete(Node anchored, long nodes) {
    node = Optional.of(anchored);
    size = nodes;
  }

  void referredFrom(int aliasLine) {
    aliasLines.add(aliasLine);
  }
}
