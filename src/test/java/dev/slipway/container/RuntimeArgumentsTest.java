package dev.slipway.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// How Java runs in the image. It ignores arguments that it has no use for any more, so that a new
/// version would be slower without a word.
class RuntimeArgumentsTest {
  private static final Path ARGUMENTS = Path.of("src/runtime/java.args");
  private static final Pattern EARLY =
      Pattern.compile("CompileThresholdScaling,([\\w.]+)\\*?::(\\w+)\\*?,");

  @Test
  void areKnownToJavaWhichSaysNothingAboutThem() throws IOException, InterruptedException {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + ARGUMENTS,
                "--version")
            .redirectErrorStream(true)
            .start();
    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(java.waitFor()).as(said).isZero();
    assertThat(said.lines().limit(1)).allMatch(line -> line.startsWith("openjdk "));
    assertThat(said).doesNotContainIgnoringCase("warning", "CompileCommand", "deprecated");
  }

  @Test
  void nameMethodsThatJavaHas() throws IOException {
    List<MatchResult> early =
        EARLY.matcher(Files.readString(ARGUMENTS, StandardCharsets.UTF_8)).results().toList();

    assertThat(early)
        .hasSize(4)
        .allSatisfy(method ->
            assertThat(methods(method.group(1)))
                .anyMatch(name -> name.startsWith(method.group(2))));
  }

  private static List<String> methods(String type) throws ClassNotFoundException {
    return Arrays.stream(Class.forName(type).getDeclaredMethods()).map(Method::getName).toList();
  }
}
