package dev.slipway.version;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of somebody's text, for GitHub's Markdown: it reads as it was written and does nothing.
///
/// Markup, HTML and entities become plain characters; code spans stay. `@name` becomes a code span,
/// because GitHub looks for mentions after Markdown's escapes are gone, and passes over code; an
/// invisible character after the `@` would be copied along with the name. References such as `#123`
/// stay, and so do links that show where they lead.
final class MarkdownLine {
  /// Longer than any header a person writes; keeps one commit from filling the page.
  private static final int LONGEST = 500;

  /// Characters that nobody sees: controls, and those that turn the direction of the text.
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069]");

  private static final Pattern BLANKS = Pattern.compile("\\s++");

  /// What begins a block at the beginning of a list item.
  private static final Pattern BLOCK =
      Pattern.compile("^(?:([-+]|#(?=#{0,5}(?: |$)))|(\\d{1,9})([.)])(?= |$))");

  private static final Pattern SPECIAL =
      Pattern.compile(
          "(?<ticks>`++)"
              + "|(?<url>https?://[^\\s<>`]*[^\\s<>`.,:;!?'\"*_~()\\[\\]])"
              + "|(?<mention>(?<![A-Za-z0-9_])@[A-Za-z0-9][A-Za-z0-9_-]*+(?:[./@][A-Za-z0-9_-]++)*+)"
              + "|(?<markup>[\\\\*_~\\[\\]<>&])");

  private final String text;
  private final StringBuilder line = new StringBuilder();

  private MarkdownLine(String text) {
    this.text = text;
  }

  /// The Markdown that shows `text`, on one line, cut after 500 characters.
  static String of(String text) {
    String shown = INVISIBLE.matcher(BLANKS.matcher(text).replaceAll(" ")).replaceAll("").strip();
    return BLOCK.matcher(new MarkdownLine(cut(shown)).escaped()).replaceFirst("$2\\\\$1$3");
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "...";
  }

  private String escaped() {
    Matcher matcher = SPECIAL.matcher(text).useTransparentBounds(true);
    int end = 0;
    while (matcher.find()) {
      line.append(text, end, matcher.start());
      end = matcher.end();
      if (matcher.group("ticks") != null) {
        end = codeSpan(matcher.start(), matcher.end());
        matcher.region(end, text.length());
      } else if (matcher.group("url") != null) {
        line.append('<').append(matcher.group()).append('>');
      } else if (matcher.group("mention") != null) {
        code("`" + matcher.group() + "`");
      } else {
        line.append('\\').append(matcher.group());
      }
    }
    return line.append(text, end, text.length()).toString();
  }

  /// Keeps a span that is closed, and makes lone backticks plain. Returns where the text goes on.
  private int codeSpan(int start, int end) {
    String ticks = text.substring(start, end);
    Matcher close = Pattern.compile("(?<!`)" + ticks + "(?!`)").matcher(text);
    if (close.find(end)) {
      code(text.substring(start, close.end()));
      return close.end();
    }
    line.append("\\`".repeat(ticks.length()));
    return end;
  }

  private void code(String span) {
    // Backticks of two spans side by side would be read as one longer fence.
    line.append(!line.isEmpty() && line.charAt(line.length() - 1) == '`' ? " " : "").append(span);
  }
}
