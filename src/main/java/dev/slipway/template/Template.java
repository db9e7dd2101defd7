package dev.slipway.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Text with placeholders: `core-stage-{sha:8}`. A doubled brace, `{{` or `}}`, is a brace.
public final class Template {
  private sealed interface Part {
    record Text(String text) implements Part {}

    record Value(Reference reference, OptionalInt length) implements Part {}
  }

  private static final Pattern TOKEN =
      Pattern.compile("\\{\\{|}}|\\{(?<name>[^{}:]*)(?::(?<length>[^{}]*))?}|\\{");

  private static final Pattern NAME =
      Pattern.compile("(?:(?<component>[A-Za-z][A-Za-z0-9-]*)\\.)?(?<name>.*)");

  private final String text;
  private final List<Part> parts;

  private Template(String text, List<Part> parts) {
    this.text = text;
    this.parts = List.copyOf(parts);
  }

  /// Reads a template.
  ///
  /// @throws IllegalArgumentException for an unknown placeholder (the message lists the known
  ///   ones), a lone opening brace, or a length that is not 4 to 40
  public static Template parse(String text) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.find()) {
      parts.add(new Part.Text(text.substring(end, matcher.start())));
      end = matcher.end();
      parts.add(
          switch (matcher.group()) {
            case "{{" -> new Part.Text("{");
            case "}}" -> new Part.Text("}");
            case "{" ->
                throw new IllegalArgumentException(
                    "a `{` in `" + text + "` is not closed; write `{{` for a brace");
            default -> value(matcher.group("name"), Optional.ofNullable(matcher.group("length")));
          });
    }
    parts.add(new Part.Text(text.substring(end)));
    return new Template(text, parts);
  }

  /// A template without placeholders, for this very text.
  public static Template literal(String text) {
    return new Template(text.replace("{", "{{").replace("}", "}}"), List.of(new Part.Text(text)));
  }

  private static Part.Value value(String name, Optional<String> length) {
    Reference reference = reference(name);
    if (length.isEmpty()) {
      return new Part.Value(reference, OptionalInt.empty());
    }
    // 4 is what git itself allows at the least, 40 is the whole name.
    if (reference.placeholder() != Placeholder.SHA
        || !length.get().matches("[4-9]|[1-3][0-9]|40")) {
      throw new IllegalArgumentException(
          "`{%s:%s}` is not a placeholder; only {sha:N} takes a length, from 4 to 40"
              .formatted(name, length.get()));
    }
    return new Part.Value(reference, OptionalInt.of(Integer.parseInt(length.get())));
  }

  private static Reference reference(String name) {
    Matcher parts = NAME.matcher(name);
    Optional<String> component =
        parts.matches() ? Optional.ofNullable(parts.group("component")) : Optional.empty();
    Reference reference =
        Placeholder.named(component.isPresent() ? parts.group("name") : name)
            .map(placeholder -> new Reference(component, placeholder))
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "unknown placeholder `{%s}`; known are %s"
                        .formatted(name, Placeholder.known())));
    if (component.isPresent() && !reference.placeholder().isOfAnImage()) {
      throw new IllegalArgumentException(
          "`%s` is not a placeholder; of a component there are %s"
              .formatted(reference, Placeholder.ofAnImage(component.get())));
    }
    return reference;
  }

  /// Every placeholder in the text, each as often as it stands there.
  public Stream<Reference> references() {
    return parts.stream()
        .flatMap(part ->
            switch (part) {
              case Part.Text _ -> Stream.empty();
              case Part.Value(Reference reference, OptionalInt _) -> Stream.of(reference);
            });
  }

  /// Whether the text depends on `placeholder`, of whichever component.
  public boolean uses(Placeholder placeholder) {
    return references().anyMatch(reference -> reference.placeholder() == placeholder);
  }

  /// The text with every placeholder replaced by what `values` answers.
  public String expand(Function<Reference, String> values) {
    return parts.stream()
        .map(part ->
            switch (part) {
              case Part.Text(String literal) -> literal;
              case Part.Value(Reference reference, OptionalInt length) ->
                  cut(values.apply(reference), length);
            })
        .collect(Collectors.joining());
  }

  /// What the placeholders stood for when the template became `expanded`; empty where it never can.
  /// Where that is ambiguous, the values of those that come first are as short as can be.
  public Optional<Map<Reference, String>> read(String expanded) {
    List<Reference> order = references().toList();
    Matcher matcher =
        Pattern.compile(
                parts.stream()
                    .map(part ->
                        switch (part) {
                          case Part.Text(String literal) -> Pattern.quote(literal);
                          case Part.Value(Reference _, OptionalInt length) ->
                              length.isPresent() ? "(.{%d})".formatted(length.getAsInt()) : "(.+?)";
                        })
                    .collect(Collectors.joining()))
            .matcher(expanded);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<Reference, String> values = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      values.putIfAbsent(order.get(i), matcher.group(i + 1));
    }
    return Optional.of(Map.copyOf(values));
  }

  private static String cut(String value, OptionalInt length) {
    return value.substring(0, Math.min(value.length(), length.orElse(value.length())));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Template template && template.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /// The template as it was written.
  @Override
  public String toString() {
    return text;
  }
}
