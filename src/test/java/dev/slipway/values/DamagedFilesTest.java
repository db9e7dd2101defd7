package dev.slipway.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.problem.ActionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every file of `test-fixtures/values` with random damage: edited, or refused in a way that a
/// person understands. `-Dvalues.damages=N` does more of it.
class DamagedFilesTest {
  private static final int DAMAGES = Integer.getInteger("values.damages", 20);
  private static final byte[] BYTES =
      "\n\r\t #:-?,[]{}&*!|>'\"%@`\\$=.<~a0\0é🚀\u2028".getBytes(StandardCharsets.UTF_8);

  static List<ValuesFixture> all() throws IOException {
    return ValuesFixture.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void editsOrRefuses(ValuesFixture fixture) throws IOException {
    byte[] whole = fixture.before().bytes();
    String name = fixture.name();
    List<ValuesFixture.Edit> edits = fixture.edits();

    for (long seed = 0; seed < DAMAGES; seed++) {
      FileContent damaged = FileContent.of(damaged(whole, new Random(seed)));
      for (ValuesFixture.Edit edit : edits) {
        assertThat(messageOf(name, damaged, edit))
            .as("seed %d, %s in:%n%s", seed, edit, damaged.text())
            .doesNotContain("bug of Slipway");
      }
    }
  }

  /// Empty when the edit went well. Any other exception fails the test.
  private static String messageOf(String name, FileContent damaged, ValuesFixture.Edit edit) {
    try {
      ValuesFile.parse(name, damaged).with(edit.key(), edit.value());
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
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
  }
}
