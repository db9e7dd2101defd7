package dev.slipway.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPathTest {

  @Test
  void readsKeys() {
    KeyPath path = KeyPath.parse("backstage.image.tag");

    assertThat(path.segments())
        .containsExactly(
            new KeySegment.Key("backstage"),
            new KeySegment.Key("image"),
            new KeySegment.Key("tag"));
    assertThat(path.document()).isZero();
  }

  @Test
  void readsAnIndex() {
    KeyPath path = KeyPath.parse("images[0].newTag");

    assertThat(path.segments())
        .containsExactly(
            new KeySegment.Key("images"), new KeySegment.Index(0), new KeySegment.Key("newTag"));
  }

  @Test
  void readsASelector() {
    KeyPath path = KeyPath.parse("spec.containers[name=ghcr.io/acme/app:1].image");

    assertThat(path.segments())
        .containsExactly(
            new KeySegment.Key("spec"),
            new KeySegment.Key("containers"),
            new KeySegment.Match("name", "ghcr.io/acme/app:1"),
            new KeySegment.Key("image"));
  }

  @Test
  void readsAQuotedSelector() {
    KeyPath path = KeyPath.parse("list[\"a=b\"=\"c ] \\\"d\\\"\"]");

    assertThat(path.segments())
        .containsExactly(new KeySegment.Key("list"), new KeySegment.Match("a=b", "c ] \"d\""));
  }

  @Test
  void readsAQuotedKey() {
    KeyPath path = KeyPath.parse("metadata.annotations.\"a.b/c\".\"say \\\"x\\\\\"[1]");

    assertThat(path.segments())
        .containsExactly(
            new KeySegment.Key("metadata"),
            new KeySegment.Key("annotations"),
            new KeySegment.Key("a.b/c"),
            new KeySegment.Key("say \"x\\"),
            new KeySegment.Index(1));
  }

  @Test
  void readsADocument() {
    KeyPath path = KeyPath.parse("[document=1].spec.replicas");

    assertThat(path.document()).isEqualTo(1);
    assertThat(path.segments())
        .containsExactly(new KeySegment.Key("spec"), new KeySegment.Key("replicas"));
  }

  @Test
  void beginsWithAnElementWhereTheTopIsAList() {
    KeyPath path = KeyPath.parse("[document=2][name=api].image");

    assertThat(path.document()).isEqualTo(2);
    assertThat(path.segments())
        .containsExactly(new KeySegment.Match("name", "api"), new KeySegment.Key("image"));
  }

  @Test
  void takesADocumentForASelectorElsewhere() {
    KeyPath path = KeyPath.parse("list[document=1].tag");

    assertThat(path.document()).isZero();
    assertThat(path.segments()).contains(new KeySegment.Match("document", "1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.b",
        "a[0][1].b",
        "a[name=x].b",
        "\"a\".b",
        "[document=0].a",
        "größe.🚀",
        "a-b_c/d:e"
      })
  void printsAsWritten(String text) {
    assertThat(KeyPath.parse(text)).hasToString(text);
    assertThat(KeyPath.parse(text).text()).isEqualTo(text);
  }

  @Test
  void isEqualToAnotherSpellingOfTheSamePlace() {
    KeyPath plain = KeyPath.parse("a.b[name=x]");
    KeyPath quoted = KeyPath.parse("[document=0].\"a\".\"b\"[\"name\"=\"x\"]");

    assertThat(plain).isEqualTo(quoted).hasSameHashCodeAs(quoted);
    assertThat(plain).isNotEqualTo(KeyPath.parse("[document=1].a.b[name=x]"));
  }

  @Test
  void printsSegmentsSoThatTheyCanBeReadAgain() {
    KeyPath path = KeyPath.parse("a.\"b.c\"[\"x\"=\"y\"][\"d e\"=\"f]g\"][3].\"h \\\"\"");

    String joined = KeySegment.joined(path.segments());

    assertThat(joined).isEqualTo("a.\"b.c\"[x=y][\"d e\"=\"f]g\"][3].\"h \\\"\"");
    assertThat(KeyPath.parse(joined)).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~ ~           | the key path is empty",
        "$.image.tag   | without `$` or a dot before it",
        ".image.tag    | without `$` or a dot before it",
        "image..tag    | two dots in a row",
        "image.        | ends with a dot",
        "a[name=b].name | would change the `name` by which it finds its element",
        "image.[0]     | an element follows its key without a dot",
        "images[0      | the `[` at character 7 is not closed",
        "images[]      | brackets at character 7 hold an index",
        "images[-1]    | brackets at character 7 hold an index",
        "images[*].tag | brackets at character 7 hold an index",
        "images[name=] | brackets at character 7 hold an index",
        "l[?(@.a=='b')]| brackets at character 2 hold an index",
        "images[0]tag  | after `images[0]` comes `.`, `[` or the end",
        "image tag     | after `image` comes `.`, `[` or the end",
        "a.'b.c'       | character 3 does not belong into a key",
        "a.\"b.c       | the quote opened at character 3 is not closed",
        "a\"b\"        | after `a` comes `.`, `[` or the end",
        "[document=1]  | after `[document=N]` comes the path",
      })
  void saysWhatIsWrong(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyPath.parse(text))
        .withMessageContaining(message);
  }

  @Test
  void hasALimitedLength() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyPath.parse("a".repeat(1_001)))
        .withMessageContaining("1001 characters, 1000 are allowed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyPath.parse("a" + ".a".repeat(100)))
        .withMessageContaining("more than 100 parts");
  }

  @Test
  void readsTheLongestKey() {
    String key = "\"" + "\\\\".repeat(499) + "\"";

    assertThat(KeyPath.parse(key).segments())
        .isEqualTo(List.of(new KeySegment.Key("\\".repeat(499))));
  }
}
