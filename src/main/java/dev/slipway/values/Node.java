package dev.slipway.values;

import java.util.List;
import java.util.Optional;

/// A part of a file's content, with its place in the text. Aliases stay what they are, so that the
/// place of an anchor is never taken for the place of its alias.
sealed interface Node {
  Place place();

  /// A single value.
  ///
  /// @param value the text that a parser makes of it, before it guesses a type
  /// @param end where its text ends, exclusive; equal to the start when nothing is written
  record Scalar(String value, Style style, int end, Place place) implements Node {
    /// Whether nothing is written at all: `tag:`.
    boolean isBlank() {
      return end == place.start();
    }
  }

  /// Keys and values in the order of the file, duplicates included.
  record Mapping(List<Entry> entries, Place place) implements Node {}

  /// One line of a mapping.
  record Entry(Node key, Node value) {
    /// Whether the key is the single value `name`, in whatever style.
    boolean isNamed(String name) {
      return key instanceof Scalar scalar && scalar.value().equals(name);
    }
  }

  /// A list.
  record Sequence(List<Node> items, Place place) implements Node {}

  /// A reference to an anchored node: `*name`.
  record Alias(Anchor anchor, Place place) implements Node {}

  /// How a scalar is written.
  enum Style {
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    BLOCK,
    /// Not even the colon is there: `{tag}`.
    MISSING
  }

  /// Where a node stands.
  ///
  /// @param line counted from 1
  /// @param start index into the text, behind tag and anchor
  /// @param flow whether it stands between braces or brackets
  record Place(int line, int start, boolean flow, Optional<String> tag, Optional<Anchor> anchor) {
    /// A place in a format that knows neither tags nor anchors.
    static Place of(int line, int start) {
      return new Place(line, start, false, Optional.empty(), Optional.empty());
    }
  }
}
