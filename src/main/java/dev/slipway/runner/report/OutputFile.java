package dev.slipway.runner.report;

import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.runner.Environment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/// The file in which the runner looks for outputs, `GITHUB_OUTPUT`
/// ([format](https://github.com/actions/toolkit/blob/main/packages/core/src/file-command.ts)).
///
/// Every value stands between two lines that nobody can guess, so no value can end early and bring
/// a second output along.
public final class OutputFile {
  // A job output may have a mebibyte.
  private static final int LARGEST_VALUE = 1024 * 1024;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path path;

  private OutputFile(Path path) {
    this.path = path;
  }

  /// The file that the environment names. To be opened before anything is done, so that a run whose
  /// results would be lost does not begin.
  ///
  /// @throws ActionException when there is none, or it cannot be written
  public static OutputFile in(Environment environment) {
    Path path =
        environment
            .text("GITHUB_OUTPUT")
            .map(Path::of)
            .orElseThrow(() -> unusable("the variable GITHUB_OUTPUT is not set"));
    if (!Files.isRegularFile(path) || !Files.isWritable(path)) {
      throw unusable(
          "`%s`, which GITHUB_OUTPUT names, is no file that can be written".formatted(path));
    }
    return new OutputFile(path);
  }

  private static ActionException unusable(String why) {
    return new ActionException(
        "The outputs cannot be written",
        why,
        "Run Slipway as a step of a GitHub Actions job. On a self-hosted runner, look whether its"
            + " `_temp` folder is mounted and writable for the container.");
  }

  /// Appends one output.
  ///
  /// @throws ActionException when the file cannot be written
  /// @throws IllegalArgumentException when the output may not have this value
  void write(Output output, String value) {
    if (value.length() > LARGEST_VALUE || !output.accepts(value)) {
      throw new IllegalArgumentException(
          "the output `%s` cannot have this value: %s".formatted(output.text(), start(value)));
    }
    String delimiter = delimiter();
    if (value.contains(delimiter)) {
      throw new IllegalArgumentException(
          "the output `%s` holds its own end".formatted(output.text()));
    }
    append("%s<<%s\n%s\n%s\n".formatted(output.text(), delimiter, value, delimiter));
  }

  private static String start(String value) {
    return value.substring(0, Math.min(value.length(), 100));
  }

  private static String delimiter() {
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    return "slipway_" + HexFormat.of().formatHex(random);
  }

  private void append(String record) {
    ByteBuffer bytes = ByteBuffer.wrap(record.getBytes(StandardCharsets.UTF_8));
    // One write per record: a run that is killed leaves whole records or nothing.
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.APPEND)) {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw new ActionException(
          new Problem(
              "The outputs cannot be written",
              "writing to `%s` failed: %s".formatted(path, e.getMessage()),
              "Look at the runner's disk and the permissions of its `_temp` folder, then run the job"
                  + " again; what is done already is not done twice."),
          e);
    }
  }
}
