package dev.slipway.runner.report;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Texts of others inside [GitHub's Markdown](https://github.github.com/gfm/): shown as they are,
/// never as markup, and without secrets. Secrets are hidden first: escaped, nobody would know them.
final class Markdown {
  private static final Pattern BACKTICKS = Pattern.compile("`+");
  private static final Pattern CODE = Pattern.compile("(?<!`)`[^`]+`(?!`)");
  private static final Pattern MARKUP =
      Pattern.compile("[&<>`*_\\[\\]#!|~@$\\\\]|://|^[+=-]|^[0-9]++[.)](?= |$)");

  private final UnaryOperator<String> withoutSecrets;

  /// @param withoutSecrets hides every known secret in a text
  Markdown(UnaryOperator<String> withoutSecrets) {
    this.withoutSecrets = withoutSecrets;
  }

  /// Text in code type, in one line.
  String code(String text) {
    String line = SafeText.line(withoutSecrets.apply(text).replace("\n", "\\n"));
    if (line.isEmpty()) {
      return "(empty)";
    }
    String mark = "`".repeat(longestBackticks(line) + 1);
    boolean padded = line.startsWith("`") || line.endsWith("`");
    return padded ? mark + " " + line + " " + mark : mark + line + mark;
  }

  /// Text in code type, as a cell of a table.
  String cell(String text) {
    return code(text).replace("|", "\\|");
  }

  /// Text in the type of prose, in one line. What stands between two backticks is code.
  String text(String text) {
    String line = SafeText.line(withoutSecrets.apply(text).replace("\n", " ")).strip();
    StringBuilder prose = new StringBuilder();
    int end = 0;
    for (Matcher span = CODE.matcher(line); span.find(); end = span.end()) {
      prose.append(escaped(line.substring(end, span.start()))).append(span.group());
    }
    return prose.append(escaped(line.substring(end))).toString();
  }

  private static String escaped(String text) {
    return MARKUP
        .matcher(text)
        .replaceAll(markup ->
            "&#%d;%s".formatted((int) markup.group().charAt(0), markup.group().substring(1)));
  }

  /// Lines in a block of their own.
  String block(String language, List<String> lines) {
    String content = SafeText.block(withoutSecrets.apply(String.join("\n", lines)));
    String fence = "`".repeat(Math.max(3, longestBackticks(content) + 1));
    return "%s%s\n%s\n%s\n".formatted(fence, language, content, fence);
  }

  private static int longestBackticks(String text) {
    return BACKTICKS.matcher(text).results().mapToInt(run -> run.group().length()).max().orElse(0);
  }
}
