package dev.slipway.runner.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.problem.ActionException;
import dev.slipway.runner.RecordedWarnings;
import dev.slipway.runner.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests that every listener hears everything.
class BroadcastProgressTest {
  @TempDir Path folder;

  @Test
  void aListenerThatFailsKeepsNobodyFromHearing() throws IOException {
    Path file = Files.createFile(folder.resolve("output"));
    OutputProgress failing =
        new OutputProgress(OutputFile.in(Variables.ofRun().with("GITHUB_OUTPUT", file.toString())));
    Files.delete(file);
    RecordedWarnings recorded = new RecordedWarnings();
    BroadcastProgress both = new BroadcastProgress(failing, recorded);

    both.warning("a", "b");

    assertThat(recorded.what()).containsExactly("a");
    assertThatThrownBy(() -> both.planned(Samples.plan())).isInstanceOf(ActionException.class);
    assertThat(recorded.plans()).isEqualTo(1);
  }
}
