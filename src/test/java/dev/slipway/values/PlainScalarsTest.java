package dev.slipway.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.JsonScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

class PlainScalarsTest {

  static List<String> oddTags() {
    return RandomTags.ODD;
  }

  @ParameterizedTest
  @MethodSource("oddTags")
  void takesATagThatAnyParserMistakesForNoText(String tag) {
    assertThat(PlainScalars.isText(tag)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "~",
        "nULL",
        "tRUE",
        "=",
        "<<",
        "+1",
        "-0x1f",
        ".5",
        "-.5e3",
        ".inf",
        "-.INF",
        ".NaN",
        "+._",
        "190:20:30",
        "1:30.5",
        "2001-12-14t21:59:43.10-05:00",
        "2001-12-14 21:59:43.10 -5",
        "2024-1-5 1:2:3",
        "2024-13-45",
        "1.2_3",
        "0b_",
        "0_b1"
      })
  void knowsWhatIsNoTextBeyondTags(String plain) {
    assertThat(PlainScalars.isText(plain)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1",
        "1.2.3",
        "1.2.3-rc.1",
        "2024.01.15",
        "latest",
        "sha-1234567",
        "4f2a9c1",
        "0x1G",
        "0b12",
        "0o8",
        "1e",
        "e5",
        "1e5a",
        "nope",
        "yesterday",
        "nil",
        "none",
        "inf",
        "nan",
        ".",
        "-",
        "+",
        "_1",
        "20240115-1",
        "2024-01",
        "2024-01-15-1",
        "1.2.3_4",
        "12:61",
        "1:2:x",
        "acme:1",
        "sha256:0123"
      })
  void leavesTextsAlone(String plain) {
    assertThat(PlainScalars.isText(plain)).isTrue();
  }

  @Test
  void decidesAboutATextOfAnyLength() {
    String long60 = "1" + ":1".repeat(1 << 19);

    assertThat(PlainScalars.isText(long60)).isFalse();
    assertThat(PlainScalars.isText(long60 + "x")).isTrue();
    assertThat(PlainScalars.isText("1_".repeat(1 << 19))).isFalse();
  }

  @Test
  void takesForTextsOnlyTagsThatResolversOfBothVersionsTakeForTexts() {
    Resolver yaml11 = new Resolver();
    List<ScalarResolver> yaml12 = List.of(new JsonScalarResolver(), new CoreScalarResolver(true));
    Random random = new Random(1);

    List<String> plain =
        Stream.generate(() -> RandomTags.hex(random, 7 + random.nextInt(6)))
            .limit(100_000)
            .filter(PlainScalars::isText)
            .toList();

    // A few percent look like numbers: quoting them all would be no decision.
    assertThat(plain).hasSizeBetween(95_000, 99_999);
    assertThat(plain).allMatch(tag -> yaml11.resolve(NodeId.scalar, tag, true).equals(Tag.STR));
    assertThat(plain)
        .allMatch(tag ->
            yaml12.stream()
                .allMatch(resolver ->
                    resolver.resolve(tag, true).equals(org.snakeyaml.engine.v2.nodes.Tag.STR)));
  }

  @Test
  void quotesRandomTagsSoThatParsersOfBothVersionsReadTheSameText() {
    Random random = new Random(1);
    List<String> tags = Stream.generate(() -> RandomTags.next(random)).limit(5_000).toList();

    String sequence = tags.stream().map(PlainScalarsTest::item).collect(Collectors.joining());

    assertThat(asYaml11(sequence)).isEqualTo(tags);
    assertThat(asYaml12(LoadSettings.builder().build(), sequence)).isEqualTo(tags);
    LoadSettings core = LoadSettings.builder().setSchema(new CoreSchema()).build();
    assertThat(asYaml12(core, sequence)).isEqualTo(tags);
  }

  @Test
  void theTagsOfRandomCommitsAreLegalAndStayTexts() {
    Random random = new Random(3);
    List<String> tags =
        IntStream.range(0, 100_000)
            .mapToObj(i -> {
              String sha = RandomTags.hex(random, 40);
              return switch (i % 4) {
                case 0 -> sha.substring(0, 4 + random.nextInt(37));
                case 1 -> "1.2.3-" + sha.substring(0, 7);
                case 2 -> sha.substring(0, 7);
                default -> sha.substring(0, 8);
              };
            })
            .toList();

    String sequence = tags.stream().map(PlainScalarsTest::item).collect(Collectors.joining());

    assertThat(tags)
        .allSatisfy(tag -> assertThat(new dev.slipway.image.Tag(tag).value()).isEqualTo(tag));
    assertThat(asYaml11(sequence)).isEqualTo(tags);
    LoadSettings core =
        LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setCodePointLimit(Integer.MAX_VALUE)
            .build();
    assertThat(asYaml12(core, sequence)).isEqualTo(tags);
  }

  private static String item(String tag) {
    return PlainScalars.isText(tag) && PlainScalars.isWritable(tag, false)
        ? "- " + tag + "\n"
        : "- \"" + tag + "\"\n";
  }

  private static Object asYaml11(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    return new Yaml(new SafeConstructor(options)).load(text);
  }

  private static Object asYaml12(LoadSettings settings, String text) {
    return new Load(settings).loadFromString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "a]", "[a", "{a}", "a?b", "-a"})
  void quotesBetweenBracesWhatIsPlainElsewhere(String value) {
    boolean opensOne = value.startsWith("[") || value.startsWith("{");

    assertThat(PlainScalars.isWritable(value, true)).isFalse();
    assertThat(PlainScalars.isWritable(value, false)).isEqualTo(!opensOne);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " a", "a ", "- a", "-", "? a", ":a", "a: b", "a:", "a #b", "#a", "&a", "*a", "!a", "|",
        ">", "'a'", "\"a\"", "%a", "@a", "`a`", "--- a", "..."
      })
  void quotesWhatYamlReadsAsSyntax(String value) {
    assertThat(PlainScalars.isWritable(value, false)).isFalse();
    assertThat(PlainScalars.isWritable(value, true)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "a#b", "repo:tag@sha256:aa", "a b", "it's", "größe 🚀", "a/b+c=d"})
  void writesHarmlessTextsPlainlyEverywhere(String value) {
    assertThat(PlainScalars.isWritable(value, false)).isTrue();
    assertThat(PlainScalars.isWritable(value, true)).isTrue();
  }
}
