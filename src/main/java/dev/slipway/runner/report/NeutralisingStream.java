package dev.slipway.runner.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// The only way to the log. Works line by line: hides every known secret, then makes the line
/// harmless ([SafeText]). Workflow commands of our own pass it by [#command].
///
/// A line leaves when its line feed comes, so a secret that arrives in several pieces is hidden
/// like any other. Safe for several threads.
final class NeutralisingStream extends OutputStream {
  /// What is kept of a line, in bytes. The rest is dropped, and the line says so.
  static final int LONGEST_LINE = 64 * 1024;

  private final OutputStream log;
  private final KnownSecrets secrets;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean cut;

  NeutralisingStream(OutputStream log, KnownSecrets secrets) {
    this.log = log;
    this.secrets = secrets;
  }

  @Override
  public synchronized void write(int octet) throws IOException {
    if (octet == '\n') {
      endLine();
    } else if (line.size() < LONGEST_LINE) {
      line.write(octet);
    } else {
      cut = true;
    }
  }

  @Override
  public synchronized void write(byte[] octets, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      write(octets[i]);
    }
  }

  /// Sends complete lines on. A line that has no end yet stays.
  @Override
  public synchronized void flush() throws IOException {
    log.flush();
  }

  /// Ends the line that has no end yet. The log itself stays open.
  @Override
  public synchronized void close() throws IOException {
    if (line.size() > 0) {
      endLine();
    }
    log.flush();
  }

  /// Writes one line as it is, at the start of a line, for the runner to execute.
  synchronized void command(String command) throws IOException {
    close();
    send(command);
    log.flush();
  }

  private void endLine() throws IOException {
    String shown = secrets.hide(line.toString(StandardCharsets.UTF_8));
    if (cut) {
      // A secret that the cut went through was not recognised; none is longer than this.
      int end = Math.max(0, shown.length() - secrets.longest());
      shown = shown.substring(0, end) + "… (the line is too long to be shown whole)";
    }
    line.reset();
    cut = false;
    send(SafeText.line(shown));
  }

  private void send(String text) throws IOException {
    log.write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
