package dev.slipway.argocd;

import dev.slipway.problem.OneLine;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How Argo CD's words are quoted: on one line, cut to a readable length, without passwords.
final class Texts {
  private static final int LONGEST = 300;
  // Argo CD's messages quote repository addresses as they were configured, login included.
  private static final Pattern LOGIN = Pattern.compile("://[^/\\s]+@");

  private Texts() {}

  /// A message of Argo CD, quoted.
  static String line(String message) {
    String line = OneLine.of(LOGIN.matcher(OneLine.of(message)).replaceAll("://***@"), LONGEST);
    return line.isEmpty() ? "no reason given" : line;
  }

  /// A message in brackets, or nothing.
  static String bracketed(String message) {
    return message.isBlank() ? "" : " (" + line(message) + ")";
  }

  /// A revision, short where it is a commit.
  static String revision(String revision) {
    if (revision.isEmpty()) {
      return "unknown";
    }
    return revision.matches("[0-9a-fA-F]{40}") ? revision.substring(0, 7) : line(revision);
  }

  /// The first `most` of `all`, and how many there are besides.
  static String first(int most, List<String> all) {
    String head = all.stream().limit(most).collect(Collectors.joining(", "));
    return all.size() > most ? "%s and %d more".formatted(head, all.size() - most) : head;
  }
}
