package dev.slipway.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.problem.ActionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every file of `test-fixtures/values` with random damage: edited, or refused in a way that a
/// person understands.
class DamagedFilesTest {
  private static final int DAMAGES = Integer.getInteger("values.damages", 20);
  private static final byte[] BYTES =
      "\n\r\t #:-?,[]{}&*!|>'\"%@`\\$=.<~a0\0é🚀\u2028"
          .getBytes(java.nio.charset.StandardCharsets.UTF_8);

  static List<Path> folders() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("test-fixtures/values"))) {
      return folders.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void editsOrRefuses(Path folder) throws IOException {
    Path file = before(folder);
    byte[] whole = Files.readAllBytes(file);
    List<String> edits = Files.readAllLines(folder.resolve("edit.txt"));

    for (long seed = 0; seed < DAMAGES; seed++) {
      FileContent damaged = FileContent.of(damaged(whole, new Random(seed)));
      for (String edit : edits) {
        assertThat(messageOf(file, damaged, edit))
            .as("seed %d, %s in:%n%s", seed, edit, damaged.text())
            .doesNotContain("bug of Slipway");
      }
    }
  }

  private static Path before(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("before."))
          .findAny()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Empty when the edit went well. Any other exception fails the test.
  private static String messageOf(Path file, FileContent damaged, String edit) {
    String[] parts = edit.split(" -> ", 2);
    try {
      ValuesFile.parse(file.getFileName().toString(), damaged)
          .with(KeyPath.parse(parts[0]), parts[1]);
      return "";
    } catch (ActionException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static byte[] damaged(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    for (int i = 0; i <= random.nextInt(3) && bytes.length > 0; i++) {
      bytes[random.nextInt(bytes.length)] = BYTES[random.nextInt(BYTES.length)];
    }
    return random.nextInt(4) == 0
        ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1))
        : bytes;
  }
}
