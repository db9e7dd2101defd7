package dev.slipway.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.runner.report.RunnerCommandParser.Command;
import dev.slipway.runner.report.WorkflowCommands.Level;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Tests that the runner understands our commands, and nothing else in them.
class WorkflowCommandsTest {
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final KnownSecrets secrets = new KnownSecrets();
  private final WorkflowCommands commands =
      new WorkflowCommands(new NeutralisingStream(log, secrets), secrets);

  @Test
  void anAnnotationArrivesAsItWasMeant() {
    commands.annotate(Level.ERROR, "50 % done: a, b", "first, 100 %\nsecond: done");

    assertThat(RunnerCommandParser.commands(log()))
        .containsExactly(
            new Command("error", Map.of("title", "50 % done: a, b"), "first, 100 %\nsecond: done"));
  }

  @Test
  void noTitleBringsASecondPropertyOrCommand() {
    commands.annotate(Level.WARNING, "a,file=x::\n::error::b", "%0A::error::c\n::error::d\r");

    assertThat(RunnerCommandParser.commands(log()))
        .containsExactly(
            new Command(
                "warning",
                Map.of("title", "a,file=x:: \\::error::b"),
                "%0A::error::c\n\\::error::d"));
  }

  @Test
  void anAnnotationShowsNoSecret() {
    secrets.add("s3cr3t-t0k3n");

    commands.annotate(Level.ERROR, "s3cr3t-t0k3n", "x s3cr3t-t0k3n");
    commands.group("s3cr3t-t0k3n");
    commands.debug("s3cr3t-t0k3n");

    assertThat(log()).doesNotContain("s3cr3t").contains("***");
  }

  @Test
  void aLongMessageIsCutBeforeTheRunnerCutsIt() {
    commands.annotate(Level.ERROR, "t".repeat(1000), "m".repeat(10_000));

    Command command = RunnerCommandParser.commands(log()).getFirst();

    assertThat(command.data()).hasSizeLessThan(4096).endsWith("m…");
    assertThat(command.properties().get("title")).hasSizeLessThan(256);
  }

  @Test
  void aMaskedSecretArrivesWhole() {
    commands.mask("line 1 %0A\nline 2");

    assertThat(RunnerCommandParser.commands(log()))
        .containsExactly(new Command("add-mask", Map.of(), "line 1 %0A\nline 2"));
  }

  private String log() {
    return log.toString(StandardCharsets.UTF_8);
  }
}
