package dev.slipway.values;

import dev.slipway.values.GeneratedFile.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Writes random YAML: all styles of scalars and collections, comments, anchors, aliases, merge
/// keys, several documents, every kind of line end.
final class RandomYaml {
  private final Random random;
  private final RandomYamlWords words;
  private final String lineEnd;
  private final StringBuilder out = new StringBuilder();
  private final List<Open> targets = new ArrayList<>();
  private final List<String> scalarAnchors = new ArrayList<>();
  private final List<String> mappingAnchors = new ArrayList<>();
  private final Set<String> referredTo = new HashSet<>();
  private List<String> around = List.of();
  private int anchors;

  /// A target whose anchors may yet be referred to.
  private record Open(Target target, List<String> anchors) {}

  /// A place in the tree: how the path names it, and how a loaded tree is walked.
  private record Place(String key, List<Object> steps) {
    private Place below(String segment, Object step) {
      List<Object> longer = new ArrayList<>(steps);
      longer.add(step);
      String dot = key.isEmpty() || key.endsWith("].") || segment.startsWith("[") ? "" : ".";
      return new Place(key + dot + segment, List.copyOf(longer));
    }
  }

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
    List<Target> finished = targets.stream().map(this::finished).toList();
    return new GeneratedFile("values.yaml", out.toString(), finished);
  }

  private Target finished(Open open) {
    Target target = open.target();
    boolean shared = open.anchors().stream().anyMatch(referredTo::contains);
    // The end of the text may have been cut off after the scalar was written.
    int end = Math.min(target.end(), out.length());
    return new Target(
        target.key(),
        target.steps(),
        target.start(),
        end,
        target.quote(),
        target.refused() || shared);
  }

  private void document(int number) {
    scalarAnchors.clear();
    mappingAnchors.clear();
    if (number > 0 || chance(4)) {
      line("---" + (chance(3) ? " # 🚀 document" : ""));
    }
    noise(0);
    Place place = new Place(number == 0 ? "" : "[document=" + number + "].", List.of(number));
    if (chance(6)) {
      sequence(place, 0, 0);
    } else {
      mapping(place, 0, 0);
    }
  }

  private void mapping(Place place, int indent, int depth) {
    boolean merged = !mappingAnchors.isEmpty() && chance(3);
    if (merged) {
      String anchor = one(mappingAnchors);
      referredTo.add(anchor);
      line(" ".repeat(indent) + "<<: *" + anchor);
    }
    entries(place, indent, depth, "");
  }

  /// @param first what stands in the first line instead of the indentation: the dash of an element
  private void entries(Place place, int indent, int depth, String first) {
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

  private void value(Place place, int indent, int depth) {
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

  private void empty(Place place) {
    target(place, out.length(), ' ', false, List.of());
    out.append(one(List.of("", "", " ", " # nothing"))).append(lineEnd);
  }

  private void blockScalar(Place place, int indent) {
    out.append(' ');
    int start = out.length();
    line(one(List.of("|", ">-", "|+", "|-")));
    line(" ".repeat(indent + 2) + "tag: v0");
    line("");
    line(" ".repeat(indent + 2) + "# no comment 🚀");
    target(place, start, '|', true, List.of());
  }

  private void alias(Place place) {
    if (scalarAnchors.isEmpty()) {
      empty(place);
      return;
    }
    String anchor = one(scalarAnchors);
    referredTo.add(anchor);
    out.append(' ');
    int start = out.length();
    out.append('*').append(anchor);
    target(place, start, '*', true, List.of());
    out.append(lineEnd);
  }

  private void nextLine(Place place, int indent) {
    out.append(lineEnd).append(" ".repeat(indent + 2));
    scalar(place, indent, false);
    endLine();
  }

  private void below(Place place, int indent, int depth) {
    String anchor = chance(4) ? "m" + anchors++ : "";
    out.append(anchor.isEmpty() ? "" : " &" + anchor);
    List<String> before = around;
    around = anchor.isEmpty() ? around : plus(around, anchor);
    line(chance(4) ? " # below" : "");
    if (chance(3)) {
      sequence(place, chance(2) ? indent : indent + 2, depth + 1);
    } else {
      mapping(place, indent + 1 + random.nextInt(3), depth + 1);
      if (!anchor.isEmpty()) {
        mappingAnchors.add(anchor);
      }
    }
    around = before;
  }

  private void sequence(Place place, int indent, int depth) {
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

  private void flow(Place place, int depth) {
    boolean mapping = chance(2);
    out.append(mapping ? '{' : '[');
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      out.append(i == 0 ? "" : one(List.of(",", ", ", " , ")));
      Place element;
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

  private void scalar(Place place, int indent, boolean flow) {
    List<String> own = properties();
    int start = out.length();
    Optional<String> lineBreak =
        flow ? Optional.empty() : Optional.of(lineEnd + " ".repeat(indent + 3));
    char quote = words.scalar(out, lineBreak);
    target(place, start, quote, false, own);
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

  private void target(Place place, int start, char quote, boolean refused, List<String> own) {
    List<String> all = new ArrayList<>(around);
    all.addAll(own);
    targets.add(
        new Open(new Target(place.key(), place.steps(), start, out.length(), quote, refused), all));
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

  private static List<String> plus(List<String> list, String last) {
    List<String> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }
}
