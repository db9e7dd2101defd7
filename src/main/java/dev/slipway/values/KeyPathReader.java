package dev.slipway.values;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the text of a key path, once, from left to right.
final class KeyPathReader {
  private static final int MAX_LENGTH = 1_000;
  private static final int MAX_SEGMENTS = 100;
  private static final Pattern DOCUMENT = Pattern.compile("\\[document=(\\d{1,6})]\\.?");
  private static final Pattern INDEX = Pattern.compile("\\[(\\d{1,9})]");
  private static final String QUOTED = "\"((?:[^\"\\\\]|\\\\[\"\\\\])*+)\"";
  private static final Pattern QUOTED_KEY = Pattern.compile(QUOTED);
  private static final Pattern MATCH =
      Pattern.compile(
          "\\[(?:(?<key>%s)|%s)=(?:(?<value>%s)|%s)]"
              .formatted(KeySegment.Match.BARE_KEY, QUOTED, KeySegment.Match.BARE_VALUE, QUOTED));

  private final String text;
  private final List<KeySegment> segments = new ArrayList<>();
  private int at;

  KeyPathReader(String text) {
    this.text = text;
  }

  KeyPath read() {
    rejectForeign();
    int document = document();
    segments.add(peek() == '[' ? element() : key());
    while (at < text.length()) {
      segments.add(next());
    }
    if (segments.size() > MAX_SEGMENTS) {
      throw malformed("it has more than " + MAX_SEGMENTS + " parts");
    }
    rejectLost();
    return new KeyPath(text, document, segments);
  }

  /// With another value the element would not be found again: by no second run, and no rollback.
  private void rejectLost() {
    if (segments.size() > 1
        && segments.get(segments.size() - 2) instanceof KeySegment.Match match
        && segments.getLast().equals(new KeySegment.Key(match.key()))) {
      throw new IllegalArgumentException(
          "`%s` would change the `%s` by which it finds its element; name the element by its index, `[0]`, or by another of its keys"
              .formatted(text, match.key()));
    }
  }

  private void rejectForeign() {
    if (text.isBlank()) {
      throw new IllegalArgumentException("the key path is empty; write one like `image.tag`");
    }
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "the key path has %d characters, %d are allowed: `%s...`"
              .formatted(text.length(), MAX_LENGTH, text.substring(0, 40)));
    }
    if (text.startsWith("$.") || text.startsWith("$[") || text.startsWith(".")) {
      throw malformed("it begins with the first key, without `$` or a dot before it");
    }
  }

  private int document() {
    Matcher document = DOCUMENT.matcher(text);
    if (!document.lookingAt()) {
      return 0;
    }
    at = document.end();
    if (at == text.length()) {
      throw malformed("after `[document=N]` comes the path in that document");
    }
    return Integer.parseInt(document.group(1));
  }

  private KeySegment next() {
    return switch (peek()) {
      case '[' -> element();
      case '.' -> {
        at++;
        yield key();
      }
      default -> throw malformed("after %s comes `.`, `[` or the end".formatted(before()));
    };
  }

  private KeySegment key() {
    if (at == text.length()) {
      throw malformed("it ends with a dot");
    }
    Matcher quoted = QUOTED_KEY.matcher(text).region(at, text.length());
    if (quoted.lookingAt()) {
      at = quoted.end();
      return new KeySegment.Key(unescaped(quoted.group(1)));
    }
    Matcher bare = KeySegment.Key.BARE.matcher(text).region(at, text.length());
    if (bare.lookingAt()) {
      at = bare.end();
      return new KeySegment.Key(bare.group());
    }
    throw switch (peek()) {
      case '"' -> malformed("the quote opened at character %d is not closed".formatted(at + 1));
      case '.' -> malformed("there are two dots in a row");
      case '[' -> malformed("an element follows its key without a dot: `images[0]`");
      default ->
          malformed(
              "character %d does not belong into a key; write a key with dots, brackets or blanks in double quotes: `annotations.\"a.b/c\"`"
                  .formatted(at + 1));
    };
  }

  private KeySegment element() {
    Matcher index = INDEX.matcher(text).region(at, text.length());
    if (index.lookingAt()) {
      at = index.end();
      return new KeySegment.Index(Integer.parseInt(index.group(1)));
    }
    Matcher match = MATCH.matcher(text).region(at, text.length());
    if (match.lookingAt()) {
      at = match.end();
      return new KeySegment.Match(
          match.group("key") != null ? match.group("key") : unescaped(match.group(2)),
          match.group("value") != null ? match.group("value") : unescaped(match.group(4)));
    }
    if (text.indexOf(']', at) < 0) {
      throw malformed("the `[` at character %d is not closed".formatted(at + 1));
    }
    throw malformed(
        "brackets at character %d hold an index counted from 0, `[0]`, or a key and its value, `[name=api]`"
            .formatted(at + 1));
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private String before() {
    return "`" + text.substring(0, at) + "`";
  }

  private static String unescaped(String quoted) {
    return quoted.replaceAll("\\\\(.)", "$1");
  }

  private IllegalArgumentException malformed(String why) {
    return new IllegalArgumentException("`%s` is not a key path: %s".formatted(text, why));
  }
}
