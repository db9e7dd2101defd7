package dev.slipway.values;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// Names out of a file, made fit for a message: they may hold anything.
final class Names {
  private static final int MAX_LISTED = 10;
  private static final int MAX_LENGTH = 60;

  private Names() {}

  /// One name in backticks, on one line, cut when it is long.
  static String shown(String name) {
    String line = onOneLine(name).replace('`', '?');
    return "`" + (line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "..." : line) + "`";
  }

  /// Without anything that breaks a line.
  static String onOneLine(String text) {
    return text.replaceAll("[\\p{Cc}\\u2028\\u2029]", "?");
  }

  /// At most ten names, those that look most like `wanted` first.
  static String closestTo(String wanted, Collection<String> names) {
    List<String> distinct = names.stream().distinct().toList();
    String listed =
        distinct.stream()
            .sorted(Comparator.comparingInt(name -> distance(wanted, name)))
            .limit(MAX_LISTED)
            .map(Names::shown)
            .collect(Collectors.joining(", "));
    int more = distinct.size() - MAX_LISTED;
    return more > 0 ? listed + " and " + more + " more" : listed;
  }

  /// How many characters differ
  /// ([Levenshtein](https://en.wikipedia.org/wiki/Levenshtein_distance)), looking at the beginnings
  /// only.
  private static int distance(String first, String second) {
    String a = cut(first);
    String b = cut(second);
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }

  private static String cut(String name) {
    return name.substring(0, Math.min(name.length(), MAX_LENGTH));
  }
}
