package dev.slipway.values;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A file format: where its scalars stand, and how a text is written as one.
sealed interface Format permits YamlFormat, JsonFormat, DotenvFormat {
  /// The format of a file, by its name.
  static Format of(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    if (name.endsWith(".json")) {
      return new JsonFormat();
    }
    boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
    if (!yaml && (name.endsWith(".env") || name.startsWith(".env."))) {
      return new DotenvFormat();
    }
    return new YamlFormat();
  }

  /// The outermost node of each document.
  List<Node> read(String text) throws UnreadableException;

  /// Whether every reader takes the scalar for a text: not for a number, a date, a null.
  boolean readsAsText(Node.Scalar scalar);

  /// What stands in the file in place of `old` when it is to be `value`, in the style of `old`
  /// where that is safe, with what must separate it from the text before it.
  String written(Node.Scalar old, String value);

  /// Whether every reader lets a tab follow a value in quotes.
  boolean allowsTabBehindQuotes();

  /// Why the format has no safe way to write `value`; empty when it has.
  Optional<String> objection(String value);
}
