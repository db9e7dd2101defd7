package dev.slipway.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
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
  void theReadmeSaysTheSameOfTheInputs() throws IOException {
    String rows =
        section("inputs").entrySet().stream()
            .map(input ->
                "| `%s` | %s | %s |\n"
                    .formatted(
                        input.getKey(),
                        code(text(input.getValue(), "default")),
                        cell(text(input.getValue(), "description"))))
            .collect(Collectors.joining());

    assertTable("inputs", "| input | default | meaning |\n|---|---|---|\n" + rows);
  }

  @Test
  void theReadmeSaysTheSameOfTheOutputs() throws IOException {
    String rows =
        section("outputs").entrySet().stream()
            .map(output ->
                "| `%s` | %s |\n"
                    .formatted(output.getKey(), cell(text(output.getValue(), "description"))))
            .collect(Collectors.joining());

    assertTable("outputs", "| output | meaning |\n|---|---|\n" + rows);
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
