package dev.slipway.runner.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.container.KeyValueFile;
import dev.slipway.problem.ActionException;
import dev.slipway.runner.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests that the runner reads each output as it was meant.
class OutputFileTest {
  @TempDir Path folder;

  @Test
  void theRunnerReadsWhatWasWritten() throws IOException {
    Path path = file();
    OutputFile outputs = outputs(path);

    outputs.write(Output.TAG, "1.2.3");
    outputs.write(Output.TAGS, "1.2.3\nlatest");
    outputs.write(Output.PLAN, "{\"a\":\"b=c<<d\"}");

    assertThat(KeyValueFile.parse(Files.readString(path)))
        .containsEntry("tag", "1.2.3")
        .containsEntry("tags", "1.2.3\nlatest")
        .containsEntry("plan", "{\"a\":\"b=c<<d\"}")
        .hasSize(3);
  }

  @Test
  void keepsWhatIsThereAlready() throws IOException {
    Path path = file();
    Files.writeString(path, "earlier=1\n");

    outputs(path).write(Output.TAG, "1.2.3");

    assertThat(KeyValueFile.parse(Files.readString(path)))
        .containsEntry("earlier", "1")
        .containsEntry("tag", "1.2.3");
  }

  @Test
  void everyValueEndsDifferently() throws IOException {
    Path path = file();
    OutputFile outputs = outputs(path);

    outputs.write(Output.TAG, "a");
    outputs.write(Output.TAG, "a");

    assertThat(Files.readString(path).lines().filter(line -> line.startsWith("slipway_")))
        .hasSize(2)
        .doesNotHaveDuplicates()
        .allMatch(line -> line.matches("slipway_[0-9a-f]{32}"));
  }

  @ParameterizedTest
  @CsvSource({
    "TAG, 'a b'",
    "TAG, ''",
    "TAG, 'a\nb'",
    "TAG_NAME, 'v1;rm -rf /'",
    "VERSION, '1.2.3$(id)'",
    "IMAGE, 'host/name:tag`id`'",
    "DIGEST, sha256:12",
    "CHANGED, yes",
    "OUTCOME, failed",
    "PULL_REQUEST_NUMBER, -1",
    "PULL_REQUEST_URL, 'https://github.com/a/b/pull/1\"; id'",
    "COMMIT_SHA, main",
    "PLAN, '{}\nimage=evil'",
  })
  void writesNoValueThatAnOutputCannotHave(Output output, String value) throws IOException {
    Path path = file();
    OutputFile outputs = outputs(path);

    assertThatThrownBy(() -> outputs.write(output, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(output.text());
    assertThat(path).isEmptyFile();
  }

  @Test
  void complainsWhenNoFileIsNamed() {
    assertThatThrownBy(() -> OutputFile.in(Variables.ofRun()))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("GITHUB_OUTPUT is not set");
  }

  @Test
  void complainsWhenTheFileIsNotThere() {
    assertThatThrownBy(() -> outputs(folder.resolve("missing")))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("missing");
    assertThatThrownBy(() -> outputs(folder)).isInstanceOf(ActionException.class);
  }

  @Test
  void complainsWhenTheFileDisappears() throws IOException {
    Path path = file();
    OutputFile outputs = outputs(path);
    Files.delete(path);

    assertThatThrownBy(() -> outputs.write(Output.TAG, "a"))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("The outputs cannot be written");
  }

  private Path file() throws IOException {
    return Files.createFile(folder.resolve("output"));
  }

  private static OutputFile outputs(Path path) {
    return OutputFile.in(Variables.ofRun().with("GITHUB_OUTPUT", path.toString()));
  }
}
