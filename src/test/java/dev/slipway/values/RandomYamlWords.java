package dev.slipway.values;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/// The words of random YAML, each in one of its spellings.
record RandomYamlWords(Random random) {
  static final List<String> KEYS =
      List.of("image", "tag", "名前", "🚀", "a-b", "x_1", "key with blanks", "a.b/c", "it's");

  private static final List<String> PLAIN =
      List.of(
          "v1.0.0",
          "1.10",
          "yes",
          "0644",
          "2024-01-15",
          "null",
          "~",
          "acme/shop:v1",
          "größe",
          "🚀go",
          "a b",
          "it's",
          "a\"b",
          "x#y",
          "4f2a9c1",
          "-x",
          "http://x/a=b&c",
          "$$5",
          "=");
  private static final List<String> QUOTABLE =
      List.of("v1.0.0", "", " ", "1.10", "a: b", "# no", "größe 🚀🚀", "- x", "a,b]", "@x", "%");
  private static final List<String> COMMENTS =
      List.of(" # moved", "   # 🚢 größe: x", " # \"quoted' {", "  ", "");

  String key(String name) {
    return switch (random.nextInt(4)) {
      case 0 -> '"' + name + '"';
      case 1 -> "'" + name.replace("'", "''") + "'";
      default -> name;
    };
  }

  /// The key as it is written in a key path.
  static String segment(String name) {
    return name.matches("[^. ']+") ? name : '"' + name + '"';
  }

  String comment() {
    return one(COMMENTS);
  }

  /// Writes a scalar.
  ///
  /// @param lineBreak how it may go on in the next line
  /// @return the quote it is in; a blank where it has none
  char scalar(StringBuilder out, Optional<String> lineBreak) {
    String more = lineBreak.filter(_ -> random.nextInt(8) == 0).map(end -> end + "more").orElse("");
    return switch (random.nextInt(3)) {
      case 0 -> {
        out.append('\'').append(one(QUOTABLE).replace("'", "''"));
        out.append(more.isEmpty() ? "" : "x" + more).append('\'');
        yield '\'';
      }
      case 1 -> {
        out.append('"')
            .append(one(QUOTABLE))
            .append(random.nextInt(3) == 0 ? "\\u00e9\\\"\\\\" : "");
        out.append(more.isEmpty() ? "" : "x" + more).append('"');
        yield '"';
      }
      default -> {
        out.append(one(PLAIN)).append(more);
        yield ' ';
      }
    };
  }

  private String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
