package dev.slipway.version;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A commit message, cut after its first line.
///
/// @param header without blanks around it
/// @param rest everything below; line ends are `\n`, whatever they were
record CommitMessage(String header, String rest) {
  private static final Pattern LINE_END = Pattern.compile("\r\n?");

  static CommitMessage of(String text) {
    String message = LINE_END.matcher(text).replaceAll("\n").strip();
    int end = message.indexOf('\n');
    return end < 0
        ? new CommitMessage(message, "")
        : new CommitMessage(message.substring(0, end).strip(), message.substring(end + 1));
  }

  /// The message without the messages that a squash merge kept in it as `* type: ...`, then these.
  List<CommitMessage> parts() {
    List<CommitMessage> parts = new ArrayList<>();
    StringBuilder current = new StringBuilder(header).append('\n');
    for (String line : rest.split("\n", -1)) {
      String item = line.startsWith("* ") ? line.substring(2) : "";
      boolean opensAnother = ConventionalCommit.isHeader(item) || Footer.isBreaking(item);
      if (opensAnother) {
        parts.add(of(current.toString()));
        current.setLength(0);
      }
      current.append(opensAnother ? item : line).append('\n');
    }
    parts.add(of(current.toString()));
    return parts;
  }
}
