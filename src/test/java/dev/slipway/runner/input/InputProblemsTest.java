package dev.slipway.runner.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.runner.GoldenFile;
import dev.slipway.runner.RecordedWarnings;
import dev.slipway.runner.Variables;
import dev.slipway.values.YamlMapping;
import dev.slipway.values.YamlValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests what an author reads about wrong inputs: each folder of `test-fixtures/inputs` gives some
/// (`given.yaml`, inputs in lower case and variables in upper case) and the problems they make.
class InputProblemsTest {
  private static final Path CASES = GoldenFile.fixture("inputs");

  @TempDir Path folder;

  static Stream<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(path -> path.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysWhatIsWrongWhyAndHowToWriteIt(String name) throws IOException {
    Variables environment = environment(name);

    ActionException refused =
        Objects.requireNonNull(
            catchThrowableOfType(
                ActionException.class,
                () -> new InputReader(environment, new RecordedWarnings()).read()));

    assertThat(refused.problems()).noneMatch(problem -> problem.toString().contains(".java"));
    GoldenFile.assertMatches(
        "inputs/%s/problems.txt".formatted(name),
        refused.problems().stream()
            .map(InputProblemsTest::text)
            .collect(Collectors.joining("\n"))
            .replace(folder.toRealPath().toString(), "FOLDER"));
  }

  private Variables environment(String name) throws IOException {
    Path workspace = Files.createDirectory(folder.toRealPath().resolve("workspace"));
    Files.createFile(workspace.resolve("image.tar"));
    Files.createFile(Files.createDirectory(workspace.resolve("dist")).resolve("shop.oci"));
    Variables environment = Variables.ofRun().inWorkspace(workspace);
    YamlValue.Mapping given =
        YamlMapping.parse(Files.readString(CASES.resolve(name).resolve("given.yaml")));
    for (var entry : given.entries().entrySet()) {
      String text = ((YamlValue.Text) entry.getValue()).text();
      if (entry.getKey().startsWith("./")) {
        Files.writeString(workspace.resolve(entry.getKey()), text);
      } else {
        with(environment, entry.getKey(), text);
      }
    }
    return environment;
  }

  private static void with(Variables environment, String key, String value) {
    boolean variable = Character.isUpperCase(key.charAt(0));
    environment.with(variable ? key : input(key).variable(), value);
  }

  private static Input input(String name) {
    return Stream.of(Input.values())
        .filter(input -> input.text().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String text(Problem problem) {
    return "%s\n  why: %s\n  fix: %s\n"
        .formatted(problem.what(), problem.why(), problem.fix().replace("\n", "\n       "));
  }
}
