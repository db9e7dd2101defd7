package dev.slipway.values;

import dev.slipway.values.GeneratedFile.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Writes random YAML: all styles of scalars and collections, comments, anchors, aliases, merge
/// keys, several documents, every kind of line end.
final class RandomYaml {
  private final Random random;
  private final RandomYamlWords words;
  private final String lineEnd;
  private final StringBuilder out = new StringBuilder();
  private final YamlTargets targets = new YamlTargets();
  private final List<String> scalarAnchors = new ArrayList<>();
  private final List<String> mappingAnchors = new ArrayList<>();
  private int anchors;

  private RandomYaml(long seed) {
    this.random = new Random(seed);
    this.words = new RandomYamlWords(random);
    this.lineEnd = one(List.of("\n", "\n", "\r\n", "\r"));
  }

  static GeneratedFile generate(long seed) {
    return new RandomYaml(seed).file();
  }

  private GeneratedFile file() {
    out.append(chance(8) ? "\uFEFF" : "");
    int documents = chance(3) ? 2 + random.nextInt(2) : 1;
    for (int document = 0; document < documents; document++) {
      document(document);
    }
    if (chance(5) && out.toString().endsWith(lineEnd)) {
      out.setLength(out.length() - lineEnd.length());
    }
    return new GeneratedFile("values.yaml", out.toString(), targets.in(out.length()));
  }

  private void document(int number) {
    scalarAnchors.clear();
    mappingAnchors.clear();
    if (number > 0 || chance(4)) {
      line("---" + (chance(3) ? " # 🚀 document" : ""));
    }
    noise(0);
    YamlPlace place =
        new YamlPlace(number == 0 ? "" : "[document=" + number + "].", List.of(number));
    if (chance(6)) {
      sequence(place, 0, 0);
    } else {
      mapping(place, 0, 0);
    }
  }

  private void mapping(YamlPlace place, int indent, int depth) {
    boolean merged = !mappingAnchors.isEmpty() && chance(3);
    if (merged) {
      String anchor = one(mappingAnchors);
      targets.referTo(anchor);
      line(" ".repeat(indent) + "<<: *" + anchor);
    }
    entries(place, indent, depth, "");
  }

  /// @param first what stands in the first line instead of the indentation: the dash of an element
  private void entries(YamlPlace place, int indent, int depth, String first) {
    int count = 1 + random.nextInt(4);
    List<String> names = new ArrayList<>(RandomYamlWords.KEYS);
    for (int i = 0; i < count; i++) {
      String name = names.remove(random.nextInt(names.size()));
      if (i > 0 || first.isEmpty()) {
        noise(indent);
        out.append(" ".repeat(indent));
      }
      out.append(words.key(name)).append(chance(9) ? " :" : ":");
      value(place.below(RandomYamlWords.segment(name), name), indent, depth);
    }
  }

  private void value(YamlPlace place, int indent, int depth) {
    int kind = random.nextInt(depth > 3 ? 9 : 14);
    switch (kind) {
      case 0 -> empty(place);
      case 1 -> blockScalar(place, indent);
      case 2 -> alias(place);
      case 3 -> nextLine(place, indent);
      case 4, 5, 6, 7, 8 -> {
        out.append(" ".repeat(1 + random.nextInt(3)));
        scalar(place, indent, false);
        endLine();
      }
      case 9, 10, 11 -> below(place, indent, depth);
      default -> {
        out.append(' ');
        flow(place, depth + 1);
        endLine();
      }
    }
  }

  private void empty(YamlPlace place) {
    target(place, out.length(), ' ', List.of());
    out.append(one(List.of("", "", " ", " # nothing"))).append(lineEnd);
  }

  private void blockScalar(YamlPlace place, int indent) {
    out.append(' ');
    int start = out.length();
    line(one(List.of("|", ">-", "|+", "|-")));
    line(" ".repeat(indent + 2) + "tag: v0");
    line("");
    line(" ".repeat(indent + 2) + "# no comment 🚀");
    refused(place, start, '|');
  }

  private void alias(YamlPlace place) {
    if (scalarAnchors.isEmpty()) {
      empty(place);
      return;
    }
    String anchor = one(scalarAnchors);
    targets.referTo(anchor);
    out.append(' ');
    int start = out.length();
    out.append('*').append(anchor);
    refused(place, start, '*');
    out.append(lineEnd);
  }

  private void nextLine(YamlPlace place, int indent) {
    out.append(lineEnd).append(" ".repeat(indent + 2));
    scalar(place, indent, false);
    endLine();
  }

  private void below(YamlPlace place, int indent, int depth) {
    String anchor = chance(4) ? "m" + anchors++ : "";
    out.append(anchor.isEmpty() ? "" : " &" + anchor);
    List<String> around = targets.below(anchor);
    line(chance(4) ? " # below" : "");
    if (chance(3)) {
      sequence(place, chance(2) ? indent : indent + 2, depth + 1);
    } else {
      mapping(place, indent + 1 + random.nextInt(3), depth + 1);
      if (!anchor.isEmpty()) {
        mappingAnchors.add(anchor);
      }
    }
    targets.backTo(around);
  }

  private void sequence(YamlPlace place, int indent, int depth) {
    int count = 1 + random.nextInt(3);
    boolean named = chance(2);
    for (int i = 0; i < count; i++) {
      noise(indent);
      out.append(" ".repeat(indent)).append('-');
      if (named) {
        line(" name: n" + i);
        entries(place.below("[name=n" + i + "]", i), indent + 2, depth + 1, "");
      } else if (chance(3) && depth < 4) {
        out.append(' ');
        entries(place.below("[" + i + "]", i), indent + 2, depth + 1, "- ");
      } else {
        out.append(' ');
        scalar(place.below("[" + i + "]", i), indent, false);
        endLine();
      }
    }
  }

  private void flow(YamlPlace place, int depth) {
    boolean mapping = chance(2);
    out.append(mapping ? '{' : '[');
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      out.append(i == 0 ? "" : one(List.of(",", ", ", " , ")));
      YamlPlace element;
      if (mapping) {
        String name = RandomYamlWords.KEYS.get(i * 2);
        element = place.below(RandomYamlWords.segment(name), name);
        out.append(words.key(name)).append(": ");
      } else {
        element = place.below("[" + i + "]", i);
      }
      if (depth < 4 && chance(4)) {
        flow(element, depth + 1);
      } else {
        scalar(element, 0, true);
      }
    }
    out.append(mapping ? '}' : ']');
  }

  private void scalar(YamlPlace place, int indent, boolean flow) {
    List<String> own = properties();
    int start = out.length();
    Optional<String> lineBreak =
        flow ? Optional.empty() : Optional.of(lineEnd + " ".repeat(indent + 3));
    char quote = words.scalar(out, lineBreak);
    target(place, start, quote, own);
  }

  /// An anchor, a tag, or nothing.
  private List<String> properties() {
    out.append(chance(12) ? "!!str " : "");
    if (!chance(5)) {
      return List.of();
    }
    String anchor = "s" + anchors++;
    out.append('&').append(anchor).append(' ');
    scalarAnchors.add(anchor);
    return List.of(anchor);
  }

  private void target(YamlPlace place, int start, char quote, List<String> anchors) {
    targets.add(target(place, start, quote, false), anchors);
  }

  private void refused(YamlPlace place, int start, char quote) {
    targets.add(target(place, start, quote, true), List.of());
  }

  private Target target(YamlPlace place, int start, char quote, boolean refused) {
    return new Target(place.key(), place.steps(), start, out.length(), quote, refused);
  }

  private void noise(int indent) {
    while (chance(6)) {
      line(chance(2) ? "" : " ".repeat(indent) + "# größe 🚀 tag: v0 \"");
    }
  }

  private void endLine() {
    line(words.comment());
  }

  private void line(String text) {
    out.append(text).append(lineEnd);
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
