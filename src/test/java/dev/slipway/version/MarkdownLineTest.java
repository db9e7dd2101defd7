package dev.slipway.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownLineTest {
  private static final Parser PARSER = Parser.builder().build();

  /// How GitHub finds a mention in what Markdown left as plain text.
  private static final Pattern MENTION = Pattern.compile("(?:^|[^A-Za-z0-9_])@[A-Za-z0-9]");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "add a login                      | add a login",
        "fix #123 and acme/shop#4 (#5)    | fix #123 and acme/shop#4 (#5)",
        "#123 is fixed                    | #123 is fixed",
        "thank @octocat                   | thank `@octocat`",
        "thank @octocat.                  | thank `@octocat`.",
        "(@octo-cat/team)                 | (`@octo-cat/team`)",
        "bump @types/node to 24           | bump `@types/node` to 24",
        "mail to a@example.com            | mail to a@example.com",
        "각주@octocat                      | 각주`@octocat`",
        "`x`@octocat                      | `x` `@octocat`",
        "@octocat`x`                      | `@octocat` `x`",
        "keep `@octocat` and ``a ` b``    | keep `@octocat` and ``a ` b``",
        "a lone ` stays                   | a lone \\` stays",
        "&#64;octocat &commat;octocat     | \\&#64;octocat \\&commat;octocat",
        "<!-- @octocat -->                | \\<!-- `@octocat` --\\>",
        "<img src=x onerror=y>            | \\<img src=x onerror=y\\>",
        "![a](http://b) [c](d)            | !\\[a\\](<http://b>) \\[c\\](d)",
        "see https://a.b/c_d*e?f=g&h.     | see <https://a.b/c_d*e?f=g&h>.",
        "(https://a.b/@octocat)           | (<https://a.b/@octocat>)",
        "**bold** _it_ ~~gone~~ \\o/      | \\*\\*bold\\*\\* \\_it\\_ \\~\\~gone\\~\\~ \\\\o/",
        "# title                          | \\# title",
        "- item                           | \\- item",
        "---                              | \\---",
        "12. item                         | 12\\. item",
        "1.2.3 is out                     | 1.2.3 is out",
        "[ ] task                         | \\[ \\] task",
      })
  void showsTextAsItIs(String text, String markdown) {
    assertThat(MarkdownLine.of(text)).isEqualTo(markdown);
  }

  @Test
  void dropsWhatNobodySees() {
    assertThat(
            MarkdownLine.of(
                " a\tb\r\nc\u0000\u001b[31m \u202egpj.exe\u2069 \ud83d\udc69\u200d\ud83d\udcbb"))
        .isEqualTo("a b c\\[31m gpj.exe \ud83d\udc69\u200d\ud83d\udcbb");
  }

  @Test
  void readsAsItWasWrittenAndDoesNothing() {
    Random random = new Random(20260105);
    String[] pieces = {
      "`",
      "``",
      "@octocat",
      "@",
      "a",
      "B1",
      " ",
      "*",
      "**",
      "_",
      "__",
      "~~",
      "[",
      "]",
      "(",
      ")",
      "![",
      "<",
      ">",
      "<b>",
      "</b>",
      "<!--",
      "-->",
      "&",
      "&amp;",
      "&#64;",
      ";",
      "\\",
      "#",
      "# ",
      "- ",
      "+ ",
      "1. ",
      "2) ",
      "https://a.b/",
      "http://",
      ":",
      "|",
      "=",
      "---",
      "!",
      "\"",
      "'",
      "#12",
      "가",
      "\ud83d\ude80",
      "<https://x>",
      "```",
      "~~~",
      "> ",
      ".",
      "/",
      "www.",
      "x@y.z"
    };

    for (int i = 0; i < 5_000; i++) {
      String text =
          IntStream.range(0, random.nextInt(1, 14))
              .mapToObj(_ -> pieces[random.nextInt(pieces.length)])
              .collect(Collectors.joining())
              .strip();
      Node document = PARSER.parse("- " + MarkdownLine.of(text) + " (a1b2c3d)\n");
      StringBuilder shown = new StringBuilder();
      read(document, shown, text);
      assertThat(bare(shown.toString())).as(text).isEqualTo(bare(text + " (a1b2c3d)"));
    }
  }

  /// What a reader sees, as long as nothing but text, code and links to themselves is there.
  private static void read(Node node, StringBuilder shown, String text) {
    switch (node) {
      case Document _, BulletList _, ListItem _, Paragraph _ -> {}
      case Text plain -> {
        assertThat(MENTION.matcher(plain.getLiteral()).find()).as(text).isFalse();
        shown.append(plain.getLiteral());
      }
      case Code code -> shown.append(code.getLiteral());
      case Link link -> {
        assertThat(((Text) link.getFirstChild()).getLiteral()).isEqualTo(link.getDestination());
        shown.append(link.getDestination());
        return;
      }
      default -> throw new AssertionError(node + " of " + text);
    }
    for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
      read(child, shown, text);
    }
  }

  /// Code spans lose their fences, and gain a space where two would touch.
  private static String bare(String text) {
    return text.replaceAll("[\\s`]", "");
  }
}
