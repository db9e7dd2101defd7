package dev.slipway.runner.report;

import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.runner.Environment;
import dev.slipway.runner.report.WorkflowCommands.Level;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;

/// Says why the step is red: an annotation for each problem on the run's page, and the same as a
/// text in the log.
public final class ProblemReporter {
  private final PrintStream out;
  private final WorkflowCommands commands;
  private final boolean debug;

  public ProblemReporter(Console console, Environment environment) {
    this.out = console.out();
    this.commands = console.commands();
    this.debug = environment.text("RUNNER_DEBUG").equals(Optional.of("1"));
  }

  /// Reports what ended the run. A stack trace is shown only when debug logging is on.
  ///
  /// @return the problems, as they were reported
  public List<Problem> report(Throwable failure) {
    List<Problem> problems =
        failure instanceof ActionException known ? known.problems() : List.of(bug(failure));
    // Nobody unfolds a group to look for the reason.
    commands.endGroup();
    problems.forEach(problem ->
        commands.annotate(
            Level.ERROR,
            problem.what(),
            Sentence.of(problem.why()) + "\n" + Sentence.of(problem.fix())));
    out.println(
        problems.size() == 1
            ? "Slipway stopped:"
            : "Slipway stopped, for %d reasons:".formatted(problems.size()));
    problems.forEach(this::print);
    if (debug) {
      trace(failure).lines().forEach(commands::debug);
    }
    return problems;
  }

  private void print(Problem problem) {
    out.println();
    out.println("  " + problem.what());
    Sentence.of(problem.why()).lines().forEach(line -> out.println("    " + line));
    Sentence.of(problem.fix()).lines().forEach(line -> out.println("    " + line));
  }

  private static Problem bug(Throwable failure) {
    String version =
        Optional.ofNullable(ProblemReporter.class.getPackage().getImplementationVersion())
            .orElse("unreleased");
    return new Problem(
        "This is a bug in Slipway",
        "%s, in version %s".formatted(failure, version),
        "Report it with this log. Re-run the job with debug logging for the place in the code; what"
            + " is done already is not done twice.");
  }

  private static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }
}
