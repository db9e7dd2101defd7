package dev.slipway.registry.build;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A `.dockerignore` file: what stays out of the image. [Docker's
/// rules](https://docs.docker.com/build/concepts/context/#dockerignore-files): the last line that
/// matches a path, or a folder above it, decides.
///
/// @param rules in their order
record IgnoreFile(List<Rule> rules) {
  static final IgnoreFile NONE = new IgnoreFile(List.of());

  private static final int MOST_RULES = 10_000;
  private static final Pattern CLASS =
      Pattern.compile("\\[(?<not>\\^?+)(?<members>(?:\\\\.|[^\\]\\\\])+)]");
  private static final Pattern ENDING = Pattern.compile("\\*\\*[^/*?\\[\\]\\\\][^*?\\[\\]\\\\]*");

  /// One line.
  ///
  /// @param path what it matches, from the folder on
  /// @param keep whether it begins with `!`
  private record Rule(Pattern path, boolean keep) {
    boolean matches(String name) {
      return path.matcher(name).matches();
    }
  }

  /// Reads the file.
  ///
  /// @throws dev.slipway.registry.archive.Refused when a line is no pattern
  static IgnoreFile parse(String text) {
    List<Rule> rules = new ArrayList<>();
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    int number = 0;
    for (String line : content.lines().toList()) {
      number++;
      if (rules.size() == MOST_RULES) {
        throw BuildProblems.badIgnoreLine(number, "there are too many");
      }
      String pattern = line.strip();
      if (!line.startsWith("#") && !pattern.isEmpty()) {
        add(pattern, number, rules);
      }
    }
    return new IgnoreFile(List.copyOf(rules));
  }

  private static void add(String written, int number, List<Rule> rules) {
    boolean keep = written.startsWith("!");
    String path = cleaned(keep ? written.substring(1).strip() : written);
    if (keep && path.isEmpty() && written.strip().equals("!")) {
      throw BuildProblems.badIgnoreLine(number, "`!` needs a pattern");
    }
    if (path.isEmpty()) {
      return;
    }
    try {
      rules.add(new Rule(Pattern.compile(regex(path), Pattern.DOTALL), keep));
    } catch (PatternSyntaxException e) {
      throw BuildProblems.badIgnoreLine(number, "it is no pattern");
    }
  }

  /// Whether the file or folder `name`, a path from the folder on, is left out.
  ///
  /// As BuildKit [goes down](https://github.com/moby/patternmatcher/blob/v0.6.0/patternmatcher.go):
  /// what matches a folder matches all below it. But a line is only compared where it would change
  /// something, so that `!` keeps nothing for a folder that no line above has left out.
  boolean leavesOut(String name) {
    BitSet matched = new BitSet(rules.size());
    for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
      leavesOut(name.substring(0, end), matched);
    }
    return leavesOut(name, matched);
  }

  private boolean leavesOut(String name, BitSet matched) {
    boolean leftOut = false;
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      if (matched.get(i) || (rule.keep() == leftOut && rule.matches(name))) {
        matched.set(i);
        leftOut = !rule.keep();
      }
    }
    return leftOut;
  }

  /// Whether nothing below a folder that is left out can be kept.
  boolean isFinal() {
    return rules.stream().noneMatch(Rule::keep);
  }

  /// As Go's [filepath.Clean](https://pkg.go.dev/path/filepath#Clean); a first slash means the
  /// folder, and the folder itself is no pattern.
  private static String cleaned(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      switch (segment) {
        case "", "." -> {}
        case ".." -> {
          boolean below = !segments.isEmpty() && !segments.getLast().equals("..");
          if (below) {
            segments.removeLast();
          } else if (!path.startsWith("/")) {
            // Above the folder, where nothing is matched.
            segments.add("..");
          }
        }
        default -> segments.add(segment);
      }
    }
    return String.join("/", segments);
  }

  /// [Go's patterns](https://pkg.go.dev/path/filepath#Match), and `**` for any number of folders;
  /// or for anything, where only the end of a name comes after it.
  private static String regex(String path) {
    if (ENDING.matcher(path).matches()) {
      return ".*" + Pattern.quote(path.substring(2));
    }
    StringBuilder regex = new StringBuilder();
    int at = 0;
    while (at < path.length()) {
      char c = path.charAt(at);
      if (path.startsWith("**", at)) {
        at += path.startsWith("**/", at) ? 3 : 2;
        regex.append(at == path.length() ? ".*" : "(?:.*/)?");
      } else if (c == '[') {
        at = appendClass(path, at, regex);
      } else {
        at += append(path, at, regex);
      }
    }
    return regex.toString();
  }

  private static int append(String path, int at, StringBuilder regex) {
    char c = path.charAt(at);
    switch (c) {
      case '*' -> regex.append("[^/]*");
      case '?' -> regex.append("[^/]");
      case '\\' -> {
        if (at + 1 == path.length()) {
          throw new PatternSyntaxException("nothing after \\", path, at);
        }
        regex.append(Pattern.quote(path.substring(at + 1, at + 2)));
        return 2;
      }
      default -> regex.append(Pattern.quote(String.valueOf(c)));
    }
    return 1;
  }

  /// A class such as `[a-z]` or `[^0]`, from its bracket on.
  ///
  /// @return where it ends
  private static int appendClass(String path, int at, StringBuilder regex) {
    Matcher written = CLASS.matcher(path).region(at, path.length());
    if (!written.lookingAt()) {
      throw new PatternSyntaxException("a class without end", path, at);
    }
    // Only ranges and escapes mean something in Go's classes; Java knows more.
    String members = written.group("members").replaceAll("(?<!\\\\)[\\[&^]", "\\\\$0");
    regex.append("(?!/)[").append(written.group("not")).append(members).append(']');
    return written.end();
  }
}
