package dev.slipway.values;

import dev.slipway.values.GeneratedFile.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Writes random JSON: every kind of value, escape and blank.
final class RandomJson {
  private static final List<String> SCALARS =
      List.of(
          "\"v1.0.0\"",
          "\"\"",
          "\"größe 🚀\"",
          "\"\\u00e9\\ud83d\\ude80\\n\\\"\\\\\\/\"",
          "1",
          "-1.50e+3",
          "true",
          "null");
  private static final List<String> KEYS = List.of("image", "🚀", "a.b", "\\u0074ag", "q\\\"");
  private static final List<String> BLANKS = List.of("", "", " ", "\n", "\r\n\t", "  ");

  private final Random random;
  private final StringBuilder out = new StringBuilder();
  private final List<Target> targets = new ArrayList<>();

  private RandomJson(long seed) {
    this.random = new Random(seed);
  }

  static GeneratedFile generate(long seed) {
    return new RandomJson(seed).file();
  }

  private GeneratedFile file() {
    out.append(random.nextInt(8) == 0 ? "\uFEFF" : "");
    blank();
    object("", 0);
    blank();
    return new GeneratedFile("values.json", out.toString(), List.copyOf(targets));
  }

  private void object(String path, int depth) {
    out.append('{');
    for (int i = 0; i < 1 + random.nextInt(KEYS.size()); i++) {
      String key = KEYS.get(i);
      out.append(i == 0 ? "" : ",");
      blank();
      out.append('"').append(key).append('"');
      blank();
      out.append(':');
      String name = key.replace("\\u0074", "t");
      value(path + (path.isEmpty() ? "" : ".") + '"' + name + '"', depth);
    }
    out.append('}');
  }

  private void array(String path, int depth) {
    out.append('[');
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      out.append(i == 0 ? "" : ",");
      value(path + "[" + i + "]", depth);
    }
    out.append(']');
  }

  private void value(String path, int depth) {
    blank();
    switch (random.nextInt(depth > 4 ? 3 : 6)) {
      case 4 -> object(path, depth + 1);
      case 5 -> array(path, depth + 1);
      default -> {
        int start = out.length();
        out.append(SCALARS.get(random.nextInt(SCALARS.size())));
        targets.add(new Target(path, List.of(), start, out.length(), '"', false));
      }
    }
    blank();
  }

  private void blank() {
    out.append(BLANKS.get(random.nextInt(BLANKS.size())));
  }
}
