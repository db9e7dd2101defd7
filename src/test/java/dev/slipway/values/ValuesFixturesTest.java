package dev.slipway.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.problem.ActionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every folder of `test-fixtures/values`: `before.*`, the edits as `key path -> value`, and either
/// `after.*`, byte for byte, or `refused.txt`, how the message begins.
class ValuesFixturesTest {
  private static final Path FIXTURES = Path.of("test-fixtures/values");

  static List<Path> edits() throws IOException {
    return folders("after.");
  }

  static List<Path> refusals() throws IOException {
    return folders("refused.txt");
  }

  private static List<Path> folders(String holding) throws IOException {
    try (Stream<Path> folders = Files.list(FIXTURES)) {
      return folders
          .filter(folder -> find(folder, holding).findAny().isPresent())
          .sorted()
          .toList();
    }
  }

  private static Stream<Path> find(Path folder, String name) {
    return Stream.of(folder.toFile().listFiles())
        .map(java.io.File::toPath)
        .filter(file -> file.getFileName().toString().startsWith(name));
  }

  @ParameterizedTest
  @MethodSource("edits")
  void replacesTheScalarsAndNothingElse(Path folder) throws IOException {
    ValuesFile file = before(folder);

    for (Edit edit : edits(folder)) {
      file = file.with(edit.key(), edit.value());
      assertThat(file.get(edit.key())).isEqualTo(edit.value());
    }

    assertThat(text(file.content())).isEqualTo(text(content(folder, "after.")));
    assertThat(file.content()).isEqualTo(content(folder, "after."));
  }

  @ParameterizedTest
  @MethodSource("edits")
  void changesNothingTheSecondTime(Path folder) throws IOException {
    ValuesFile once = ValuesFile.parse(name(folder), content(folder, "after."));

    ValuesFile twice = once;
    for (Edit edit : edits(folder)) {
      twice = twice.with(edit.key(), edit.value());
    }

    assertThat(twice).isSameAs(once);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesByName(Path folder) throws IOException {
    Edit edit = edits(folder).getFirst();
    String message = Files.readString(folder.resolve("refused.txt")).strip();

    assertThatThrownBy(() -> before(folder).with(edit.key(), edit.value()))
        .isInstanceOf(ActionException.class)
        .hasMessageStartingWith(message);
  }

  private record Edit(KeyPath key, String value) {}

  private static List<Edit> edits(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("edit.txt")).stream()
        .map(line -> line.split(" -> ", 2))
        .map(parts -> new Edit(KeyPath.parse(parts[0]), parts[1]))
        .toList();
  }

  private static ValuesFile before(Path folder) throws IOException {
    return ValuesFile.parse(name(folder), content(folder, "before."));
  }

  private static String name(Path folder) {
    return find(folder, "before.").findAny().orElseThrow().getFileName().toString();
  }

  private static FileContent content(Path folder, String name) throws IOException {
    return FileContent.of(Files.readAllBytes(find(folder, name).findAny().orElseThrow()));
  }

  private static String text(FileContent content) {
    return content.text().orElseThrow();
  }
}
