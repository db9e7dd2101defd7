package dev.slipway.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.runner.input.Input;
import dev.slipway.runner.report.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Compares the three places that say what the action takes and gives: `action.yml`, the code, and
/// the tables of the README. With `-Dfixtures.update` the tables are written anew from
/// `action.yml`.
class ContractTest {
  private static final Path README = Path.of("README.md");

  @Test
  void theCodeReadsTheInputsThatTheActionDeclares() throws IOException {
    Map<String, String> inCode = new LinkedHashMap<>();
    for (Input input : Input.values()) {
      inCode.put(input.text(), input.declaredDefault());
    }
    Map<String, String> declared = new LinkedHashMap<>();
    section("inputs").forEach((name, input) -> declared.put(name, text(input, "default")));

    assertThat(declared.entrySet()).containsExactlyElementsOf(inCode.entrySet());
  }

  @Test
  void theCodeWritesTheOutputsThatTheActionDeclares() throws IOException {
    assertThat(section("outputs").keySet())
        .containsExactlyElementsOf(Arrays.stream(Output.values()).map(Output::text).toList());
  }

  @Test
  void theActionExplainsEverything() throws IOException {
    assertThat(section("inputs").values())
        .allMatch(input -> text(input, "description").endsWith("."))
        // Nobody can tell what a required input with a default means.
        .allMatch(input -> !input.containsKey("required"));
    assertThat(section("outputs").values())
        .allMatch(output -> text(output, "description").endsWith("."));
  }

  @Test
  void noSecretTravelsOnACommandLine() throws IOException {
    assertThat(section("runs").keySet()).containsExactly("using", "image");
  }

  @Test
  void everyInputIsRead() throws IOException {
    String code;
    try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/slipway/runner/input"))) {
      code = files.map(ContractTest::content).collect(Collectors.joining());
    }

    assertThat(Input.values())
        .allSatisfy(input -> assertThat(code).contains("Input." + input.name()));
  }

  @Test
  void theReadmeSaysTheSameOfTheInputs() throws IOException {
    assertTables(
        "inputs",
        "| input | default | meaning |\n|---|---|---|\n",
        (name, input) ->
            "| `%s` | %s | %s |\n"
                .formatted(name, code(text(input, "default")), cell(text(input, "description"))));
  }

  @Test
  void theReadmeSaysTheSameOfTheOutputs() throws IOException {
    assertTables(
        "outputs",
        "| output | meaning |\n|---|---|\n",
        (name, output) -> "| `%s` | %s |\n".formatted(name, cell(text(output, "description"))));
  }

  /// One table, with a row for each heading, which is a comment in `action.yml`.
  private static void assertTables(
      String section, String head, BiFunction<String, Map<?, ?>, String> row) throws IOException {
    Map<String, Map<?, ?>> entries = section(section);
    StringBuilder table = new StringBuilder(head);
    headings(section)
        .forEach((heading, names) -> {
          table.append("| **%s** |%s\n".formatted(heading, blanks(head)));
          names.forEach(
              name -> table.append(row.apply(name, Objects.requireNonNull(entries.get(name)))));
        });
    assertThat(headings(section).values().stream().flatMap(List::stream))
        .containsExactlyElementsOf(entries.keySet());
    assertTable(section, table.toString());
  }

  /// The other cells of a row that only names what follows.
  private static String blanks(String head) {
    return " |"
        .repeat(
            (int) head.lines().findFirst().orElseThrow().chars().filter(c -> c == '|').count() - 2);
  }

  /// The headings of a section of `action.yml`, and the names below each.
  private static Map<String, List<String>> headings(String section) throws IOException {
    String text = Files.readString(Path.of("action.yml"));
    String body = text.substring(text.indexOf("\n%s:\n".formatted(section)) + 1);
    Map<String, List<String>> headings = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (String line : body.lines().skip(1).takeWhile(line -> !line.matches("\\w.*")).toList()) {
      if (line.startsWith("  # ")) {
        names = new ArrayList<>();
        headings.put(line.substring("  # ".length()), names);
      } else if (line.matches("  [\\w-]+:")) {
        names.add(line.strip().replace(":", ""));
      }
    }
    return headings;
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertTable(String name, String expected) throws IOException {
    String readme = Files.readString(README);
    String begin = "<!-- %s -->\n".formatted(name);
    int start = readme.indexOf(begin) + begin.length();
    int end = readme.indexOf("<!-- /%s -->".formatted(name));
    assertThat(readme).contains(begin);
    assertThat(end).isGreaterThan(start);
    if (System.getProperty("fixtures.update") != null) {
      Files.writeString(README, readme.substring(0, start) + expected + readme.substring(end));
    } else {
      assertThat(readme.substring(start, end)).isEqualTo(expected);
    }
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private static String cell(String description) {
    return description.replace("|", "\\|");
  }

  /// The named section of `action.yml`; an entry that is a text is a mapping without keys.
  private static Map<String, Map<?, ?>> section(String name) throws IOException {
    Object root =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(Path.of("action.yml")));
    Map<String, Map<?, ?>> entries = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map(Objects.requireNonNull(map(root).get(name))).entrySet()) {
      entries.put(String.valueOf(entry.getKey()), map(entry.getValue()));
    }
    return entries;
  }

  private static Map<?, ?> map(@Nullable Object node) {
    return node instanceof Map<?, ?> map ? map : Map.of();
  }

  private static String text(Map<?, ?> entry, String key) {
    return entry.containsKey(key) ? String.valueOf(entry.get(key)) : "";
  }
}
