package dev.slipway.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipway.values.YamlValue.Mapping;
import dev.slipway.values.YamlValue.Sequence;
import dev.slipway.values.YamlValue.Text;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlMappingTest {

  @Test
  void readsFilesKeyPathsAndTemplates() {
    Mapping update =
        YamlMapping.parse(
            """
            apps/shop/values.yaml:
              backstage.image.tag: "{tag}"
              images[name=ghcr.io/acme/app].newTag: '{tag}'   # quoted either way
              metadata.annotations."a.b/c": v{version}
            apps/shop/.env: {IMAGE_TAG: "{sha:8}"}
            """);

    assertThat(update.entries().sequencedKeySet())
        .containsExactly("apps/shop/values.yaml", "apps/shop/.env");
    Mapping values = (Mapping) update.get("apps/shop/values.yaml").orElseThrow();
    assertThat(values.entries().sequencedEntrySet().stream().map(Object::toString))
        .containsExactly(
            "backstage.image.tag=Text[text={tag}]",
            "images[name=ghcr.io/acme/app].newTag=Text[text={tag}]",
            "metadata.annotations.\"a.b/c\"=Text[text=v{version}]");
  }

  @Test
  void guessesNoTypes() {
    Mapping mapping =
        YamlMapping.parse("a: 1.10\nb: yes\nc: ~\nd:\ne: 0x1F\nf: |\n  two\n  lines\n");

    assertThat(mapping.entries().sequencedValues())
        .containsExactly(
            new Text("1.10"),
            new Text("yes"),
            new Text("~"),
            new Text(""),
            new Text("0x1F"),
            new Text("two\nlines\n"));
  }

  @Test
  void readsLists() {
    Mapping mapping = YamlMapping.parse("core:\n  extra-tags: [latest, '{major}']\n");

    Mapping core = (Mapping) mapping.get("core").orElseThrow();
    assertThat(core.get("extra-tags"))
        .contains(new Sequence(List.of(new Text("latest"), new Text("{major}"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{tag}", "{sha:8}", "{tag-name}", "{core.tag}", "{run-id}  # comment"})
  void readsALonePlaceholderWithoutQuotesAsTheTextItLooksLike(String value) {
    Mapping mapping = YamlMapping.parse("image.tag: " + value + "\n");

    assertThat(mapping.entries()).containsEntry("image.tag", new Text(value.replaceAll(" .*", "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# nothing\n"})
  void readsNothingAsAnEmptyMapping(String yaml) {
    assertThat(YamlMapping.parse(yaml).entries()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a: {tag}-arm64     | line 1: it is not YAML",
        "a: {tag}-arm64     | put a value or key that begins with `{` or `[` in quotes",
        "a: {registry}/{tag}| put a value or key that begins with `{` or `[` in quotes",
        "[document=1].b: c  | put a value or key that begins with `{` or `[` in quotes",
        "{a: { tag }}       | line 1: a value that begins with `{` is a mapping in YAML; quote it: `\"{tag}\"`",
        "a: {'tag'}         | line 1: a value that begins with `{` is a mapping in YAML; quote it: `\"{tag}\"`",
        "a: {{tag}}         | line 1: a value that begins with `{` is a mapping in YAML; quote it: `\"{tag}\"`",
        "[a, b]: c          | line 1: a key must be a text; put one that begins with `{` or `[` in quotes",
        "a: 1\\nb: 2\\na: 3 | line 3: the key `a` stands there twice",
        "x:\\n  a: 1\\n  a: | line 3: the key `a` stands there twice",
        "a: 1\\n---\\nb: 2  | line 3: a second YAML document begins; one is read",
        "a: &x 1            | line 1: anchors, `&name`, are not supported here",
        "&x a: 1            | line 1: anchors, `&name`, are not supported here",
        "a: &x {b: c}       | line 1: anchors, `&name`, are not supported here",
        "a: &x b\\nc: *x    | line 1: anchors, `&name`, are not supported here",
        "a: *x              | line 1: the alias `*x` has no anchor",
        "a: !!str b         | line 1: tags, `!name`, are not supported here",
        "a: [!x b]          | line 1: tags, `!name`, are not supported here",
        "<<: {a: b}         | line 1: merge keys, `<<`, are not supported here",
        "- a                | line 1: it is a list, not a mapping `name: value`",
        "just text          | line 1: it is a text, not a mapping `name: value`",
        "a: b\\n c: d       | line 2: it is not YAML",
      })
  void refusesWithTheLine(String yaml, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> YamlMapping.parse(yaml.replace("\\n", "\n")))
        .withMessageContaining(message);
  }

  @Test
  void refusesDeepNesting() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> YamlMapping.parse("a: " + "[".repeat(100_000)))
        .withMessageContaining("line 1: it is nested deeper than 100 levels");
  }

  @Test
  void refusesATextWithoutBounds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> YamlMapping.parse("#".repeat((1 << 20) + 1)))
        .withMessageContaining("1,048,577 characters; 1,048,576 are allowed");
  }
}
