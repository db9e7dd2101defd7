package dev.slipway.values;

import dev.slipway.values.GeneratedFile.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Writes random files of environment variables.
final class RandomDotenv {
  private static final List<String> VALUES =
      List.of(
          "v1.0.0", "", "a#b", "größe🚀", "\"q # q\"", "'it is'", "\"a\nb\"", "\"\\\"\"", "a b");

  private RandomDotenv() {}

  static GeneratedFile generate(long seed) {
    Random random = new Random(seed);
    String lineEnd = random.nextBoolean() ? "\n" : "\r\n";
    StringBuilder out = new StringBuilder(random.nextInt(8) == 0 ? "\uFEFF" : "");
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(6); i++) {
      out.append(random.nextInt(4) == 0 ? "# größe='" + lineEnd : "");
      out.append(random.nextInt(4) == 0 ? "export " : "").append("NAME_").append(i);
      out.append(random.nextInt(6) == 0 ? " = " : "=");
      String value = VALUES.get(random.nextInt(VALUES.size()));
      // Nothing stands right behind the equals sign, wherever the blanks are.
      int start = value.isEmpty() ? out.lastIndexOf("=") + 1 : out.length();
      out.append(value);
      int end = value.isEmpty() ? start : out.length();
      char quote = value.startsWith("\"") ? '"' : value.startsWith("'") ? '\'' : ' ';
      targets.add(new Target("NAME_" + i, List.of(), start, end, quote, false));
      out.append(random.nextInt(4) == 0 ? " # größe=\"" : "").append(lineEnd);
    }
    return new GeneratedFile(".env", out.toString(), List.copyOf(targets));
  }
}
