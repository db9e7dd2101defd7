package dev.slipway.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.runner.GoldenFile;
import dev.slipway.runner.Variables;
import dev.slipway.runner.input.Input;
import dev.slipway.runner.report.RunnerCommandParser.Command;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Tests what a person reads whose step is red.
class ProblemReporterTest {
  private static final List<Problem> TWO_PROBLEMS =
      List.of(
          new Problem(
              "The registry refuses the push",
              "ghcr.io answers 403 to acme/shop",
              "give the job `permissions: packages: write`"),
          new Problem("The input `tag` cannot be `a b`", "it has a blank", "Write\n  tag: a"));

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final Variables environment = Variables.ofRun();

  @Test
  void reportsEachProblemAsAnAnnotationAndAsText() {
    report(new ActionException(TWO_PROBLEMS));

    GoldenFile.assertMatches("progress/two-problems/log.txt", log());
    assertThat(RunnerCommandParser.commands(log()))
        .contains(
            new Command(
                "error",
                Map.of("title", "The registry refuses the push"),
                "ghcr.io answers 403 to acme/shop.\nGive the job `permissions: packages: write`."));
  }

  @Test
  void endsAFoldedPartFirst() {
    Console console = Console.on(log, environment);
    console.commands().group("Push");

    new ProblemReporter(console, environment).report(new ActionException(TWO_PROBLEMS));

    assertThat(RunnerCommandParser.commands(log()))
        .extracting(Command::name)
        .containsExactly("group", "endgroup", "error", "error");
  }

  @Test
  void anUnexpectedFailureIsABugAndShowsNoTrace() {
    List<Problem> problems = report(new IllegalStateException("::error::x\n##[error]y"));

    assertThat(problems).extracting(Problem::what).containsExactly("This is a bug in Slipway");
    assertThat(log()).contains("java.lang.IllegalStateException").doesNotContain("\tat ");
    assertThat(RunnerCommandParser.commands(log())).hasSize(1);
  }

  @Test
  void showsTheTraceWhenDebugLoggingIsOn() {
    environment.with("RUNNER_DEBUG", "1");

    report(new ActionException(new Problem("a", "b", "c"), new IllegalStateException("cause")));

    assertThat(RunnerCommandParser.commands(log()))
        .filteredOn(command -> command.name().equals("debug"))
        .extracting(Command::data)
        .anyMatch(line -> line.contains("Caused by: java.lang.IllegalStateException: cause"))
        .anyMatch(line -> line.startsWith("\tat "));
  }

  @Test
  void showsNoSecret() {
    environment.with(Input.GITOPS_TOKEN, "ghp_s3cr3t").with("RUNNER_DEBUG", "1");

    report(new IllegalStateException("GET https://ghp_s3cr3t@github.com"));

    assertThat(log().replace("::add-mask::ghp_s3cr3t\n", ""))
        .contains("GET https://***@github.com")
        .doesNotContain("s3cr3t");
  }

  private List<Problem> report(Throwable failure) {
    return new ProblemReporter(Console.on(log, environment), environment).report(failure);
  }

  private String log() {
    return log.toString(StandardCharsets.UTF_8);
  }
}
