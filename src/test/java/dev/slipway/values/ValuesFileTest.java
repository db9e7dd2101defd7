package dev.slipway.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesFileTest {
  private static final KeyPath TAG = KeyPath.parse("tag");

  @Test
  void leavesTheFileItIsMadeFromAlone() {
    ValuesFile before = yaml("tag: v1\n");

    ValuesFile after = before.with(TAG, "v2");

    assertThat(before.get(TAG)).isEqualTo("v1");
    assertThat(before.content()).isEqualTo(FileContent.of("tag: v1\n"));
    assertThat(after.content()).isEqualTo(FileContent.of("tag: v2\n"));
  }

  @Test
  void isTheSameFileWhenTheValueIsThereAlready() {
    ValuesFile before = yaml("tag: v1\n");

    assertThat(before.with(TAG, "v1")).isSameAs(before);
  }

  @Test
  void readsAValueWithoutGuessingItsType() {
    ValuesFile file = yaml("a: 1.10\nb: ~\nc:\nd: \"x\\u0041\"\ne: 0x1F\n");

    assertThat(file.get(KeyPath.parse("a"))).isEqualTo("1.10");
    assertThat(file.get(KeyPath.parse("b"))).isEqualTo("~");
    assertThat(file.get(KeyPath.parse("c"))).isEmpty();
    assertThat(file.get(KeyPath.parse("d"))).isEqualTo("xA");
    assertThat(file.get(KeyPath.parse("e"))).isEqualTo("0x1F");
  }

  @ParameterizedTest
  @CsvSource({
    "apps/shop/values.yaml, tag: 1.10",
    "values, tag: 1.10",
    ".env.yaml, tag: 1.10",
    "compose.yml, tag: 1.10",
    "deploy/shop.json, {\"tag\": 1.10}",
    ".env.json, {\"tag\": 1.10}",
    ".env, tag=1.10",
    "deploy/.env, tag=1.10",
    "deploy/.env.production, tag=1.10",
    "deploy/PROD.ENV, tag=1.10",
  })
  void knowsTheFormatByTheName(String path, String text) {
    ValuesFile file = ValuesFile.parse(path, FileContent.of(text));

    assertThat(file.get(TAG)).isEqualTo("1.10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb",
        "a\rb",
        "\0",
        "a\u0085",
        "\u2028",
        "a\u2029b",
        "\uFEFFa",
        "\uD83D",
        "\u007f"
      })
  void refusesAValueThatIsNotOneLineOfText(String value) {
    assertThatThrownBy(() -> yaml("tag: v1\n").with(TAG, value))
        .isInstanceOf(ActionException.class)
        .hasMessage(
            "The new value of `tag` in `values.yaml` cannot be written: it holds a line break or a control character");
  }

  @Test
  void refusesAValueWithoutBounds() {
    assertThatThrownBy(() -> yaml("tag: v1\n").with(TAG, "v".repeat(10_001)))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("it has 10,001 characters; 10,000 are allowed");
  }

  @Test
  void readsAFileUpToItsLimit() {
    String text = "tag: v1\n#" + " ".repeat((1 << 20) - 9);

    assertThat(yaml(text).with(TAG, "v2").content().size()).isEqualTo(1 << 20);
    assertThatThrownBy(() -> yaml(text + " "))
        .isInstanceOf(ActionException.class)
        .hasMessage(
            "`values.yaml` cannot be edited: it has 1,048,577 bytes; files up to 1 MiB are edited");
  }

  /// The parser reads in pieces unless told otherwise, and fails where one ends within an emoji.
  @Test
  void readsEmojisWhereverTheyStand() {
    for (String before : new String[] {"", "x"}) {
      String text = "note: " + before + "🚀".repeat(5_000) + "\ntag: v1 # 🚀\n";

      ValuesFile after = yaml(text).with(TAG, "v2");

      assertThat(after.content()).isEqualTo(FileContent.of(text.replace("v1", "v2")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{", "{a: ", "- ", "? ", "[{", "- - ? "})
  void neverOverflowsTheStackOnDeepNesting(String level) throws Exception {
    String text = level.repeat(100_000);

    String message = onSmallStack(() -> refusal(() -> yaml(text)));

    assertThat(message).contains("it is nested deeper than 100 levels");
  }

  @Test
  void neverOverflowsTheStackOnDeepJson() throws Exception {
    FileContent content = FileContent.of("{\"a\":[".repeat(100_000));

    String message = onSmallStack(() -> refusal(() -> ValuesFile.parse("values.json", content)));

    assertThat(message).contains("it is nested deeper than 100 levels");
  }

  @Test
  void editsAtTheDeepestLevel() throws Exception {
    String text = "{a: ".repeat(99) + "{tag: v1}" + "}".repeat(99);
    KeyPath deepest = KeyPath.parse("a.".repeat(99) + "tag");

    FileContent after = onSmallStack(() -> yaml(text).with(deepest, "v2").content());

    assertThat(after).isEqualTo(FileContent.of(text.replace("v1", "v2")));
  }

  @Test
  void neverOverflowsTheStackOnLongValuesAndMerges() throws Exception {
    StringBuilder text = new StringBuilder("m0: &m0 {x: 1}\n");
    for (int i = 1; i < 400; i++) {
      text.append("m%d: &m%d {<<: *m%d}%n".formatted(i, i, i - 1));
    }
    text.append("<<: *m399\nsixty: 1").append(":1".repeat(100_000)).append("\n");
    KeyPath sixty = KeyPath.parse("sixty");

    String message = onSmallStack(() -> refusal(() -> yaml(text.toString())));

    assertThat(message).contains("an alias bomb");
    assertThat(
            onSmallStack(
                () -> yaml("sixty: 1" + ":1".repeat(100_000)).with(sixty, "v1").get(sixty)))
        .isEqualTo("v1");
  }

  @Test
  void findsAKeyThroughLongChainsOfMerges() throws Exception {
    StringBuilder text = new StringBuilder("m0: &m0 {tag: v1}\n");
    for (int i = 1; i < 300; i++) {
      text.append("m%d: &m%d {<<: *m%d}\n".formatted(i, i, i - 1));
    }
    String merged = text + "<<: *m299\n";

    String message = onSmallStack(() -> refusal(() -> yaml(merged).get(TAG)));

    assertThat(message).contains("is there through a merge key only");
  }

  @Test
  void saysHowToFixAMissingKey() {
    Problem problem = problem(() -> yaml("image:\n  tag: v1\n").get(KeyPath.parse("image.tags")));

    assertThat(problem.what()).isEqualTo("`values.yaml` has no `image.tags`");
    assertThat(problem.why()).isEqualTo("`image` (line 1) has no key `tags`; it has `tag`");
    assertThat(problem.fix())
        .isEqualTo("Correct the key path. Slipway replaces values and never adds a key.");
  }

  @Test
  void pointsToTheDocumentThatHasTheKey() {
    Problem problem = problem(() -> yaml("a: 1\n---\nb: 2\n---\ntag: v1\n").get(TAG));

    assertThat(problem.fix())
        .isEqualTo("Another document of the file has it: put `[document=2].` first.");
  }

  @Test
  void tellsToQuoteAKeyWithDots() {
    Problem problem =
        problem(
            () -> yaml("labels:\n  acme.io/tag: v1\n").get(KeyPath.parse("labels.acme.io/tag")));

    assertThat(problem.fix())
        .isEqualTo("Quote the key that has dots in its name: `\"acme.io/tag\"`.");
  }

  @Test
  void listsTenKeysAtMost() {
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      keys.append("key%02d: x\n".formatted(i));
    }

    Problem problem = problem(() -> yaml(keys.toString()).get(KeyPath.parse("key2")));

    assertThat(problem.why())
        .endsWith(
            "it has `key02`, `key12`, `key20`, `key21`, `key22`, `key23`, `key24`, `key25`, `key26`, `key27` and 20 more");
  }

  @Test
  void keepsLineBreaksOfTheFileOutOfMessages() {
    Problem problem = problem(() -> yaml("\"a\\nb`::error::\": x\n").get(TAG));

    assertThat(problem.why()).endsWith("it has `a?b?::error::`");
  }

  private static ValuesFile yaml(String text) {
    return ValuesFile.parse("values.yaml", FileContent.of(text));
  }

  private static String refusal(Supplier<?> attempt) {
    return problem(attempt).what() + ": " + problem(attempt).why();
  }

  private static Problem problem(Supplier<?> attempt) {
    try {
      throw new AssertionError("not refused: " + attempt.get());
    } catch (ActionException e) {
      return e.problems().getFirst();
    }
  }

  private static <T> T onSmallStack(Supplier<T> work) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable task =
        () -> {
          try {
            result.complete(work.get());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        };
    new Thread(null, task, "small stack", 160 * 1024).start();
    return result.get();
  }
}
