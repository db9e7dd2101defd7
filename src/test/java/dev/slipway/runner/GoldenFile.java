package dev.slipway.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Expected texts in `test-fixtures`. With `-Dfixtures.update` they are rewritten instead of
/// compared, and the difference in git is the review.
public final class GoldenFile {
  private static final boolean UPDATE = System.getProperty("fixtures.update") != null;

  private GoldenFile() {}

  public static Path fixture(String path) {
    return Path.of("test-fixtures").resolve(path);
  }

  /// Compares a text with the fixture, byte for byte.
  public static void assertMatches(String path, String actual) {
    Path file = fixture(path);
    try {
      if (UPDATE) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, actual);
      }
      assertThat(actual).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
