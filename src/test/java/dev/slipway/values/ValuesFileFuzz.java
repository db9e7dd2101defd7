package dev.slipway.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fuzz.Material;
import dev.slipway.problem.ActionException;
import java.util.Optional;

/// Writes any value to any key of any file: it is refused in a way that a person understands, or
/// the parsers of others read that value there, and all else as before.
public final class ValuesFileFuzz {
  private ValuesFileFuzz() {}

  /// Called by the fuzzer.
  ///
  /// @param input the name of the file, the key and the value, one a line, then the file
  public static void fuzzerTestOneInput(byte[] input) {
    Material material = new Material(input);
    String name = material.line();
    Optional<KeyPath> path = keyPath(material.line());
    String value = material.line();
    FileContent content = FileContent.of(material.rest());
    path.ifPresent(key -> edit(name, content, key, value));
  }

  private static Optional<KeyPath> keyPath(String text) {
    try {
      return Optional.of(KeyPath.parse(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static void edit(String name, FileContent content, KeyPath key, String value) {
    ValuesFile before;
    ValuesFile after;
    try {
      before = ValuesFile.parse(name, content);
      after = before.with(key, value);
    } catch (ActionException refused) {
      assertThat(refused.getMessage()).doesNotContain("bug of Slipway");
      return;
    }
    assertThat(after.get(key)).isEqualTo(value);
    assertThat(after.with(key, value)).isSameAs(after);
    assertThat(ValuesFile.parse(name, after.content()).get(key)).isEqualTo(value);
    String text = before.content().text().orElseThrow();
    String edited = after.content().text().orElseThrow();
    ForeignReader.of(name).forEach(reader -> reader.judge(text, edited, key, value));
  }
}
