package dev.slipway.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConventionalCommitTest {
  @Test
  void readsABreakingFooter() {
    ConventionalCommit commit =
        read(
            """
            feat: allow provided config object to extend other configs

            BREAKING CHANGE: `extends` key in config file is now used for extending other config files
            """);

    assertThat(commit.type()).isEqualTo("feat");
    assertThat(commit.scope()).isEmpty();
    assertThat(commit.description())
        .isEqualTo("allow provided config object to extend other configs");
    assertThat(commit.marked()).isFalse();
    assertThat(commit.isBreaking()).isTrue();
    assertThat(commit.body().text()).isEmpty();
    assertThat(commit.body().breakingChanges())
        .containsExactly(
            "`extends` key in config file is now used for extending other config files");
  }

  @Test
  void readsAnExclamationMark() {
    ConventionalCommit commit = read("refactor!: drop support for Node 6");

    assertThat(commit.marked()).isTrue();
    assertThat(commit.isBreaking()).isTrue();
    assertThat(commit.body().breakingChanges()).isEmpty();
  }

  @Test
  void readsAScopeAndAnExclamationMark() {
    ConventionalCommit commit = read("refactor(runtime)!: drop support for Node 6");

    assertThat(commit.scope()).contains("runtime");
    assertThat(commit.marked()).isTrue();
  }

  @Test
  void readsBothWaysToSayThatItBreaks() {
    ConventionalCommit commit =
        read(
            """
            refactor!: drop support for Node 6

            BREAKING CHANGE: refactor to use JavaScript features not available in Node 6.
            """);

    assertThat(commit.marked()).isTrue();
    assertThat(commit.body().breakingChanges())
        .containsExactly("refactor to use JavaScript features not available in Node 6.");
  }

  @ParameterizedTest
  @CsvSource({
    "docs: correct spelling of CHANGELOG,   docs,     ,       correct spelling of CHANGELOG",
    "feat(lang): add polish language,       feat,     lang,   add polish language",
    "docs: updated ref docs.,               docs,     ,       updated ref docs.",
    "FEAT(API): upper case,                 feat,     API,    upper case",
    "fix:  two spaces,                      fix,      ,       two spaces",
    "fix: array: in string,                 fix,      ,       array: in string",
    "docs: explain the !: operator,         docs,     ,       explain the !: operator",
    "fix(deps-dev/core): slash,             fix,      deps-dev/core, slash",
    "fix(@acme/ui): package,                fix,      @acme/ui, package",
    "기능(화면): 로그인 추가,                 기능,      화면,    로그인 추가",
  })
  void readsTypeScopeAndDescription(String header, String type, String scope, String description) {
    ConventionalCommit commit = read(header);

    assertThat(commit.type()).isEqualTo(type);
    assertThat(commit.scope()).isEqualTo(Optional.ofNullable(scope));
    assertThat(commit.description()).isEqualTo(description);
    assertThat(commit.isBreaking()).isFalse();
  }

  @Test
  void readsABodyOfSeveralParagraphsAndSeveralFooters() {
    ConventionalCommit commit =
        read(
            """
            fix: correct minor typos in code

            see the issue for details

            on typos fixed.

            Reviewed-by: Z
            Refs #133
            """);

    assertThat(commit.body().text()).isEqualTo("see the issue for details\n\non typos fixed.");
    assertThat(commit.body().footers())
        .containsExactly(new Footer("Reviewed-by", "Z"), new Footer("Refs", "133"));
  }

  @Test
  void readsAFooterOfSeveralLinesUpToTheNextOne() {
    ConventionalCommit commit =
        read(
            """
            feat: x

            BREAKING-CHANGE: the first line,
            the second line

            and a paragraph.
            Acked-by: somebody
            """);

    assertThat(commit.body().footers())
        .containsExactly(
            new Footer("BREAKING-CHANGE", "the first line,\nthe second line\n\nand a paragraph."),
            new Footer("Acked-by", "somebody"));
    assertThat(commit.isBreaking()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fix: x\n\nBREAKING CHANGE: y",
        "fix: x\r\n\r\nBREAKING CHANGE: y\r\n",
        "fix: x\n\nBREAKING-CHANGE: y",
        "fix: x\n\nBREAKING CHANGE:\ny",
        "fix: x\n\nBREAKING CHANGE:\n\ny",
        "fix: x\n\nprose that goes on\nBREAKING CHANGE: y",
        "fix: x\n\nNote: a footer that is prose\n\nmore\n\nBREAKING CHANGE: y\n\nCloses #12",
        "fix: x\nBREAKING CHANGE: y",
      })
  void findsWhatBreaksAtTheBeginningOfALine(String message) {
    assertThat(read(message).body().breakingChanges()).containsExactly("y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fix: x\n\nbreaking change: y",
        "fix: x\n\nBreaking-Change: y",
        "fix: x\n\nThis is no BREAKING CHANGE: y",
        "fix: x\n\nBREAKING CHANGE y",
        "fix: x\n\nBREAKING CHANGES: y",
        "fix: x\n\nBREAKING CHANGE:",
        "fix: x\n\nBREAKING CHANGE:y",
        "fix: BREAKING CHANGE: y",
      })
  void findsNothingThatBreaksElsewhere(String message) {
    assertThat(read(message).isBreaking()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "feat:x                     | there is no space after the colon",
        "feat(api)!:x               | there is no space after the colon",
        "feat:                      | there is no description after the colon",
        "feat : x                   | there is a space before the colon",
        "feat(api) : x              | there is a space before the colon",
        "feat(): x                  | the scope is empty",
        "feat( ): x                 | the scope is empty",
        "Add a login                | the header is not of the form",
        "[feat] add a login         | the header is not of the form",
        "fixup! feat: x             | the header is not of the form",
        "feat(a)(b): x              | the header is not of the form",
        "feat(a: x                  | the header is not of the form",
        "feat!!: x                  | the header is not of the form",
        ": x                        | the header is not of the form",
        "BREAKING CHANGE: x         | the header is not of the form",
        "BREAKING-CHANGE: x         | the header is not of the form",
        "''                         | the header is not of the form",
      })
  void explainsWhyAHeaderIsNotConventional(String header, String reason) {
    assertThat(ConventionalCommit.parse(header)).isEmpty();
    assertThat(ConventionalCommit.whyNot(header)).startsWith(reason);
  }

  @Test
  void readsAnyTextWithoutComplaint() {
    Random random = new Random(20260102);
    String[] pieces = {
      "feat",
      "fix",
      "(",
      ")",
      "!",
      ":",
      ": ",
      " ",
      "\n",
      "\n\n",
      "\r\n",
      "* ",
      "BREAKING CHANGE",
      "BREAKING CHANGE: ",
      "-",
      " #",
      "Refs",
      "Revert \"",
      "\"",
      "\u2028",
      "\ud83d\ude80",
      "가",
      "\\"
    };

    for (int i = 0; i < 5_000; i++) {
      String message =
          IntStream.range(0, random.nextInt(30))
              .mapToObj(_ -> pieces[random.nextInt(pieces.length)])
              .collect(Collectors.joining());
      assertThatCode(() -> ConventionalCommit.parse(message))
          .as(message)
          .doesNotThrowAnyException();
      assertThatCode(() -> ConventionalCommit.whyNot(message))
          .as(message)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void readsAHugeMessageInOneGo() {
    String lines = "word ".repeat(20) + "\nRefs: 12\n\n* feat: x\n";
    String message = "feat: x\n\n" + lines.repeat(5_000) + "\nBREAKING CHANGE: y";

    assertThat(read(message).body().breakingChanges()).containsExactly("y");
    assertThat(ConventionalCommit.whyNot("(".repeat(100_000))).isNotEmpty();
  }

  private static ConventionalCommit read(String message) {
    return ConventionalCommit.parse(message).orElseThrow();
  }
}
