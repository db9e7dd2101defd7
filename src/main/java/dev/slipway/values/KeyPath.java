package dev.slipway.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// The place of one scalar in a file.
///
/// - `backstage.image.tag`: keys of nested mappings
/// - `images[0].newTag`: an element by its index, counted from 0
/// - `spec.template.spec.containers[name=api].image`: an element by one of its keys
/// - `metadata.annotations."a.b/c"`: a key with dots, brackets or blanks in double quotes
/// - `[document=1].spec.replicas`: the second document of a YAML file
///
/// Two paths are equal when they name the same place, however it is written.
public final class KeyPath {
  private final String text;
  private final int document;
  private final List<KeySegment> segments;

  KeyPath(String text, int document, List<KeySegment> segments) {
    this.text = text;
    this.document = document;
    this.segments = List.copyOf(segments);
  }

  /// Reads a key path.
  ///
  /// @throws IllegalArgumentException when it is malformed; the message says where, and how it is
  ///   written rightly
  public static KeyPath parse(String text) {
    return new KeyPathReader(text).read();
  }

  /// The path of `name` in the same mapping; empty where the path leads to an element of a list.
  Optional<KeyPath> beside(Function<String, Optional<String>> name) {
    if (!(segments.getLast() instanceof KeySegment.Key(String last))) {
      return Optional.empty();
    }
    return name.apply(last)
        .map(other -> {
          List<KeySegment> path = new ArrayList<>(segments.subList(0, segments.size() - 1));
          path.add(new KeySegment.Key(other));
          String start = document == 0 ? "" : "[document=%d]".formatted(document);
          String joined = KeySegment.joined(path);
          String dot = start.isEmpty() || joined.startsWith("[") ? "" : ".";
          return new KeyPath(start + dot + joined, document, path);
        });
  }

  /// The path as it was written.
  public String text() {
    return text;
  }

  /// Counted from 0.
  int document() {
    return document;
  }

  /// From the outermost inwards, at least one.
  List<KeySegment> segments() {
    return segments;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyPath path
        && path.document == document
        && path.segments.equals(segments);
  }

  @Override
  public int hashCode() {
    return Objects.hash(document, segments);
  }

  /// The path as it was written.
  @Override
  public String toString() {
    return text;
  }
}
