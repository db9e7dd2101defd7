package dev.slipway.values;

import java.util.List;
import java.util.Optional;

/// YAML: Helm values, manifests, kustomizations, compose files.
record YamlFormat() implements Format {
  private static final String TEXT_TAG = "tag:yaml.org,2002:str";

  @Override
  public List<Node> read(String text) throws UnreadableException {
    return YamlReader.read(text);
  }

  @Override
  public boolean readsAsText(Node.Scalar scalar) {
    return switch (scalar.style()) {
      case SINGLE_QUOTED, DOUBLE_QUOTED, BLOCK -> true;
      case PLAIN, MISSING -> readsAsTextWhenPlain(scalar, scalar.value());
    };
  }

  private static boolean readsAsTextWhenPlain(Node.Scalar scalar, String value) {
    return scalar.place().tag().map(TEXT_TAG::equals).orElse(false) || PlainScalars.isText(value);
  }

  @Override
  public String written(Node.Scalar old, String value) {
    return switch (old.style()) {
      case SINGLE_QUOTED -> "'" + value.replace("'", "''") + "'";
      case DOUBLE_QUOTED, BLOCK -> doubleQuoted(value);
      case PLAIN -> (old.isBlank() ? " " : "") + plainOrQuoted(old, value);
      case MISSING -> ": " + plainOrQuoted(old, value);
    };
  }

  private static String doubleQuoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String plainOrQuoted(Node.Scalar old, String value) {
    boolean plain =
        PlainScalars.isWritable(value, old.place().flow()) && readsAsTextWhenPlain(old, value);
    return plain ? value : doubleQuoted(value);
  }

  /// PyYAML and SnakeYAML do not; behind a plain value they do.
  @Override
  public boolean allowsTabBehindQuotes() {
    return false;
  }

  @Override
  public Optional<String> objection(String value) {
    return Optional.empty();
  }
}
