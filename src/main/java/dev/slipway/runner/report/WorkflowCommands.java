package dev.slipway.runner.report;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Our own [workflow
/// commands](https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands).
/// Whatever text goes into one is hidden, made harmless and escaped here.
final class WorkflowCommands {
  /// The kinds of annotation.
  enum Level {
    ERROR("error"),
    WARNING("warning"),
    NOTICE("notice");

    private final String command;

    Level(String command) {
      this.command = command;
    }
  }

  // The runner cuts messages off at 4096; what is cut there would be the advice.
  private static final int LONGEST_MESSAGE = 4000;
  private static final int LONGEST_TITLE = 250;

  private final NeutralisingStream stream;
  private final KnownSecrets secrets;
  private boolean inGroup;

  WorkflowCommands(NeutralisingStream stream, KnownSecrets secrets) {
    this.stream = stream;
    this.secrets = secrets;
  }

  /// Shows an annotation on the run's page.
  ///
  /// @param message may have several lines
  void annotate(Level level, String title, String message) {
    String oneLine = cut(safe(title).replace('\n', ' '), LONGEST_TITLE);
    send(
        "::%s title=%s::%s"
            .formatted(
                level.command,
                escapeProperty(oneLine),
                escapeData(cut(safe(message), LONGEST_MESSAGE))));
  }

  /// Begins a part of the log that is folded. One that is open ends: they do not nest.
  void group(String title) {
    endGroup();
    inGroup = true;
    send("::group::" + escapeData(safe(title).replace('\n', ' ')));
  }

  /// Ends the folded part, if there is one.
  void endGroup() {
    if (inGroup) {
      send("::endgroup::");
    }
    inGroup = false;
  }

  /// A line that is shown only when debug logging is on.
  void debug(String message) {
    send("::debug::" + escapeData(safe(message)));
  }

  /// Makes the runner itself hide `secret`, in all that later steps print too. This line is not
  /// shown.
  void mask(String secret) {
    send("::add-mask::" + escapeData(secret));
  }

  private String safe(String text) {
    return SafeText.block(secrets.hide(text));
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }

  private static String escapeData(String text) {
    // The percent sign first, or it would escape the escapes.
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String escapeProperty(String text) {
    return escapeData(text).replace(":", "%3A").replace(",", "%2C");
  }

  private void send(String command) {
    try {
      stream.command(command);
    } catch (IOException e) {
      throw new UncheckedIOException("the log cannot be written", e);
    }
  }
}
