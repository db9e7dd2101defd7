package dev.slipway.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.OnSuperseded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The text that a machine gets, read by a real shell as the SSM agent would have it read.
class ShellScriptTest {
  @TempDir private Path folder;

  /// What a machine answers.
  private record Ended(int code, String output) {}

  @BeforeEach
  void makeTemporaryFolder() throws IOException {
    Files.createDirectory(folder.resolve("tmp"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "with blanks  two",
        "it's",
        "'; touch owned; '",
        "$(touch owned)",
        "`touch owned`",
        "${HOME}",
        "a\\'b\\\\",
        "\"double\"",
        "*",
        "!!",
        "# no comment",
        "line\nbreak",
        "-n",
        "日本語"
      })
  void aVariableArrivesAsItIs(String value) {
    Ended ended = run("printf '<%s>' \"$IMAGE\"", value);

    assertThat(ended).isEqualTo(new Ended(0, "<" + value + ">"));
    assertThat(folder.resolve("owned")).doesNotExist();
  }

  @Test
  void theScriptArrivesAsItIs() {
    String script =
        """
        cat <<'END'
        it's "$HOME" `id` \\ $(id)
        SLIPWAY_SCRIPT
        \tEND
        END
        echo $((1 + 1))\
        """;

    Ended ended = run(script, "");

    assertThat(ended.output())
        .isEqualTo("it's \"$HOME\" `id` \\ $(id)\nSLIPWAY_SCRIPT\n\tEND\n2\n");
  }

  @Test
  void stopsAtTheFirstErrorEvenInAPipe() {
    Ended ended = run("echo one\nfalse | cat\necho two", "");

    assertThat(ended).isEqualTo(new Ended(1, "one\n"));
  }

  @Test
  void stopsAtAVariableWithoutAValue() {
    Ended ended = run("echo one\ndocker pull \"shop@$NO_SUCH_DIGEST\"\necho two", "");

    assertThat(ended.code()).isNotZero();
    assertThat(ended.output()).startsWith("one\n").contains("NO_SUCH_DIGEST").doesNotContain("two");
  }

  @Test
  void keepsTheExitCodeAndBothStreamsInOrder() {
    Ended ended = run("echo out\necho error >&2\necho out\nexit 194", "");

    assertThat(ended).isEqualTo(new Ended(194, "out\nerror\nout\n"));
  }

  @Test
  void showsTheEndOfMuchOutput() {
    Ended ended = run("seq 1 6000\necho the last line\nexit 7", "");

    assertThat(ended.code()).isEqualTo(7);
    assertThat(ended.output())
        .startsWith("(the first ")
        .endsWith("6000\nthe last line\n")
        .hasSizeBetween(ShellScript.SHOWN, 24_000);
  }

  @Test
  void hasHomeAndPathAndNoInput() {
    Ended ended = run("echo \"$HOME\" \"$PATH\"\ncat\npwd", "");

    assertThat(ended.output()).matches("(/\\S*) .*/usr/local/bin:.*\n\\1\n");
  }

  @Test
  void leavesNothingBehind() throws IOException {
    run("echo done", "");

    try (var files = Files.list(folder.resolve("tmp"))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void letsTheAuthorChooseTheInterpreter() {
    Ended ended = run("#!/bin/sh -u\nfalse\necho \"$-\" goes on", "");

    assertThat(ended.code()).isZero();
    assertThat(ended.output()).contains("u").contains("goes on");
  }

  @Test
  void endsWhatTakesTooLong() {
    Ended ended = run("echo begun\nexec sleep 60", "", "root", Duration.ofSeconds(1));

    assertThat(ended).isEqualTo(new Ended(124, "begun\n"));
  }

  @Test
  void saysThatThereIsNoSuchUser() {
    Ended ended = run("echo done", "", "nobody-knows-me", Duration.ofMinutes(1));

    assertThat(ended)
        .isEqualTo(new Ended(67, "there is no user nobody-knows-me on this machine\n"));
  }

  private Ended run(String script, String image) {
    return run(script, image, "root", Duration.ofMinutes(1));
  }

  private Ended run(String script, String image, String user, Duration limit) {
    ShellScript shell =
        new ShellScript(
            new Inputs.RemoteScript(Fleet.web(), script, user, limit, OnSuperseded.SKIP),
            new TreeMap<>(Map.of("IMAGE", image)));
    try {
      Path file =
          Files.writeString(folder.resolve("_script.sh"), String.join("\n", shell.lines()) + "\n");
      ProcessBuilder builder =
          new ProcessBuilder(List.of("/bin/sh", file.toString()))
              .directory(folder.toFile())
              .redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().put("PATH", "/usr/bin:/bin");
      builder.environment().put("TMPDIR", folder.resolve("tmp").toString());
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), output);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
