package dev.slipway.runner.input;

import dev.slipway.delivery.Inputs.Component;
import dev.slipway.delivery.RegistryChoice;
import dev.slipway.image.ImageSource;
import dev.slipway.template.Template;
import dev.slipway.values.YamlMapping;
import dev.slipway.values.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The input `images`: a component for each entry.
final class ImagesInput {
  private static final String FORM =
      """
      Write one component an entry; `tag` and `extra-tags` have the inputs of that name as defaults:
      images: |
        core:  { image: core.tar, repository: acme/core }
        batch: { image: batch.tar, repository: acme/batch }\
      """;

  // Stands in tags, and before the dot of `{core.tag}`.
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,62}");

  private static final String IMAGE = "image";
  private static final String REPOSITORY = "repository";
  private static final String TAG = "tag";
  private static final String EXTRA_TAGS = "extra-tags";
  private static final List<String> KEYS = List.of(IMAGE, REPOSITORY, TAG, EXTRA_TAGS);

  private final InputTexts inputs;
  private final RegistryInputs registries;
  private final TagInputs tags;
  private final Function<String, Optional<ImageSource>> sources;

  /// @param sources reads where an image comes from
  ImagesInput(
      InputTexts inputs,
      RegistryInputs registries,
      TagInputs tags,
      Function<String, Optional<ImageSource>> sources) {
    this.inputs = inputs;
    this.registries = registries;
    this.tags = tags;
    this.sources = sources;
  }

  /// Every component; what is wrong is left out and has become a problem.
  ///
  /// @param tag for components that name none of their own
  /// @param extraTags for components that name none of their own
  List<Component> read(
      Optional<RegistryChoice> registry, Optional<Template> tag, List<Template> extraTags) {
    Optional<YamlValue.Mapping> mapping = inputs.parsed(Input.IMAGES, YamlMapping::parse, FORM);
    if (mapping.filter(known -> known.entries().isEmpty()).isPresent()) {
      inputs.wrong(
          Input.IMAGES, inputs.text(Input.IMAGES).orElse(""), "it names no component", FORM);
    }
    List<Component> components = new ArrayList<>();
    mapping.ifPresent(known ->
        known
            .entries()
            .forEach((name, value) ->
                entry(name, value)
                    .flatMap(entry -> component(name, entry, registry, tag, extraTags))
                    .ifPresent(components::add)));
    return components;
  }

  private Optional<YamlValue.Mapping> entry(String name, YamlValue value) {
    if (!NAME.matcher(name).matches()) {
      wrong(name, "a component's name has letters, digits and `-`, and begins with a letter");
      return Optional.empty();
    }
    if (!(value instanceof YamlValue.Mapping entry)) {
      wrong(name, "after it stands %s, where `image` and `repository` are wanted", value);
      return Optional.empty();
    }
    List<String> unknown =
        entry.entries().keySet().stream().filter(key -> !KEYS.contains(key)).toList();
    unknown.forEach(key ->
        wrong("%s: %s".formatted(name, key), "a component has only " + String.join(", ", KEYS)));
    if (entry.get(REPOSITORY).isEmpty()) {
      wrong(name, "it has no `repository`");
    }
    return unknown.isEmpty() && entry.get(REPOSITORY).isPresent()
        ? Optional.of(entry)
        : Optional.empty();
  }

  private Optional<Component> component(
      String name,
      YamlValue.Mapping entry,
      Optional<RegistryChoice> registry,
      Optional<Template> tag,
      List<Template> extraTags) {
    Optional<String> repository =
        text(entry, REPOSITORY).flatMap(text -> registries.path(Input.IMAGES, text, registry));
    Optional<ImageSource> source = text(entry, IMAGE).flatMap(sources);
    Optional<Template> ownTag =
        text(entry, TAG).flatMap(text -> tags.template(Input.IMAGES, text)).or(() -> tag);
    List<Template> ownExtraTags =
        entry.get(EXTRA_TAGS).map(value -> extraTags(name, value)).orElse(extraTags);
    return ownTag.map(known ->
        new Component(
            Optional.of(name), repository, source, Optional.empty(), known, ownExtraTags));
  }

  private Optional<String> text(YamlValue.Mapping entry, String key) {
    return entry
        .get(key)
        .flatMap(value -> {
          if (value instanceof YamlValue.Text(String text) && !text.isEmpty()) {
            return Optional.of(text);
          }
          wrong(key, "its value is %s", value);
          return Optional.empty();
        });
  }

  private List<Template> extraTags(String name, YamlValue value) {
    Stream<String> texts =
        switch (value) {
          case YamlValue.Text(String text) -> InputTexts.entries(text);
          case YamlValue.Sequence(var items) -> items.stream().flatMap(this::item);
          case YamlValue.Mapping _ -> {
            wrong("%s: %s".formatted(name, EXTRA_TAGS), "its value is %s", value);
            yield Stream.empty();
          }
        };
    return texts.flatMap(text -> tags.template(Input.IMAGES, text).stream()).toList();
  }

  private Stream<String> item(YamlValue item) {
    if (item instanceof YamlValue.Text(String text)) {
      return Stream.of(text);
    }
    wrong(EXTRA_TAGS, "one of its items is %s", item);
    return Stream.empty();
  }

  private void wrong(String entry, String why, YamlValue value) {
    boolean empty = value instanceof YamlValue.Text(String text) && text.isEmpty();
    wrong(entry, why.formatted(empty ? "empty" : value.kind()));
  }

  private void wrong(String entry, String why) {
    inputs.wrong(Input.IMAGES, entry, why, FORM);
  }
}
