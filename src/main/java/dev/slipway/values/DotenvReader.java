package dev.slipway.values;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a file of environment variables as one mapping, once, from top to bottom.
final class DotenvReader {
  private static final Pattern NOTHING = Pattern.compile("\uFEFF?(?:\\s++|#[^\\r\\n]*+)*+");
  private static final Pattern NAME =
      Pattern.compile("(?:export[ \\t]++)?+(?<name>[A-Za-z_][A-Za-z0-9_.-]*+)");
  private static final Pattern EQUALS = Pattern.compile("[ \\t]*+=");
  private static final Pattern REST_OF_LINE = Pattern.compile("[^\\r\\n]*+");
  private static final Pattern BLANK_OR_COMMENT =
      Pattern.compile("(?:[ \\t]++#[^\\r\\n]*+|[ \\t]*+)");
  private static final Pattern COMMENT = Pattern.compile("[ \\t]#");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);

  private final String text;
  private final TreeBuilder tree = new TreeBuilder();
  private int at;
  private int line = 1;

  DotenvReader(String text) {
    this.text = text;
  }

  List<Node> read() throws UnreadableException {
    tree.startMapping(Node.Place.of(1, 0));
    for (take(NOTHING); at < text.length(); take(NOTHING)) {
      variable();
    }
    tree.end();
    tree.endDocument();
    return tree.documents();
  }

  private void variable() throws UnreadableException {
    Matcher name = NAME.matcher(text).region(at, text.length());
    if (!name.lookingAt()) {
      throw unreadable("it is not `NAME=value`");
    }
    Node.Scalar key =
        new Node.Scalar(
            name.group("name"),
            Node.Style.PLAIN,
            name.end(),
            Node.Place.of(line, name.start("name")));
    moveTo(name.end());
    if (take(EQUALS)) {
      tree.scalar(key);
      tree.scalar(value());
    }
    endLine();
  }

  private Node.Scalar value() throws UnreadableException {
    Matcher rest = REST_OF_LINE.matcher(text).region(at, text.length());
    String value = rest.lookingAt() ? rest.group() : "";
    Matcher comment = COMMENT.matcher(value);
    if (comment.find()) {
      value = value.substring(0, comment.start());
    }
    int blanks = value.length() - value.stripLeading().length();
    if (value.isBlank()) {
      return scalar("", Node.Style.PLAIN, at, at);
    }
    int start = at + blanks;
    return switch (text.charAt(start)) {
      case '"', '\'' -> quoted(start);
      default -> scalar(value.strip(), Node.Style.PLAIN, start, start + value.strip().length());
    };
  }

  /// May go on over several lines.
  private Node.Scalar quoted(int start) throws UnreadableException {
    char quote = text.charAt(start);
    int end = start + 1;
    while (end < text.length() && text.charAt(end) != quote) {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= text.length()) {
      throw unreadable("a quote is opened and not closed");
    }
    String inside = text.substring(start + 1, end);
    return quote == '"'
        ? scalar(unescaped(inside), Node.Style.DOUBLE_QUOTED, start, end + 1)
        : scalar(inside, Node.Style.SINGLE_QUOTED, start, end + 1);
  }

  private static String unescaped(String inside) {
    return ESCAPE
        .matcher(inside)
        .replaceAll(escape ->
            Matcher.quoteReplacement(
                switch (escape.group(1)) {
                  case "n" -> "\n";
                  case "r" -> "\r";
                  case "t" -> "\t";
                  default -> escape.group(1);
                }));
  }

  private Node.Scalar scalar(String value, Node.Style style, int start, int end) {
    Node.Place place = Node.Place.of(line, start);
    moveTo(end);
    return new Node.Scalar(value, style, end, place);
  }

  private void endLine() throws UnreadableException {
    Matcher rest = REST_OF_LINE.matcher(text).region(at, text.length());
    if (rest.lookingAt() && !BLANK_OR_COMMENT.matcher(rest.group()).matches()) {
      throw unreadable("it is not `NAME=value`");
    }
    moveTo(rest.end());
  }

  private boolean take(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    boolean found = matcher.lookingAt();
    if (found) {
      moveTo(matcher.end());
    }
    return found;
  }

  private void moveTo(int target) {
    for (; at < target; at++) {
      boolean crLf = text.startsWith("\r\n", at);
      line += !crLf && (text.charAt(at) == '\n' || text.charAt(at) == '\r') ? 1 : 0;
    }
  }

  private UnreadableException unreadable(String why) {
    return new UnreadableException(
        line, why, "Correct the line: `NAME=value`, comments begin with `#`.");
  }
}
