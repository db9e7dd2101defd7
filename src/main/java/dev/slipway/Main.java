package dev.slipway;

import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.LongestRun;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.RunContext;
import dev.slipway.delivery.Ticker;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problems;
import dev.slipway.runner.Environment;
import dev.slipway.runner.input.InputReader;
import dev.slipway.runner.input.PrivateAuthorities;
import dev.slipway.runner.input.RunContextReader;
import dev.slipway.runner.proxy.ProxySettings;
import dev.slipway.runner.report.BroadcastProgress;
import dev.slipway.runner.report.Cancellation;
import dev.slipway.runner.report.Console;
import dev.slipway.runner.report.Footprint;
import dev.slipway.runner.report.LogProgress;
import dev.slipway.runner.report.OutputFile;
import dev.slipway.runner.report.OutputProgress;
import dev.slipway.runner.report.ProblemReporter;
import dev.slipway.runner.report.StepSummary;
import dev.slipway.runner.report.SummaryProgress;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// The process: takes over its output, runs the action once, and turns its end into an exit code.
public final class Main {
  private Main() {}

  /// How a run goes on and ends.
  ///
  /// @param pace of its waits
  /// @param limit hears how long it may take at the most
  private record Lifetime(Footprint footprint, Pace pace, Consumer<Duration> limit) {}

  /// The action's entry point. Everything it is told, the environment says.
  public static void main(String[] arguments) {
    Environment environment = name -> Optional.ofNullable(System.getenv(name));
    int exitCode;
    try (Console console = Console.install(environment)) {
      exitCode = cancellable(environment, console);
    }
    System.exit(exitCode);
  }

  private static int cancellable(Environment environment, Console console) {
    Footprint footprint = new Footprint();
    Pace pace = Pace.of(Ticker.system());
    try (Cancellation end = Cancellation.announced(console, footprint, pace.ending())) {
      return useProxies(environment, console)
          ? run(environment, console, new Lifetime(footprint, pace, end::comeAfter))
          : 1;
    }
  }

  private static boolean useProxies(Environment environment, Console console) {
    try {
      ProxySettings.from(environment).install();
      return true;
    } catch (ActionException e) {
      new ProblemReporter(console, environment).report(e);
      return false;
    }
  }

  /// One run.
  ///
  /// @param pace of its waits
  /// @return 0 for green, 1 for red
  public static int run(Environment environment, Console console, Pace pace) {
    return run(environment, console, new Lifetime(new Footprint(), pace, _ -> {}));
  }

  private static int run(Environment environment, Console console, Lifetime life) {
    Pace pace = life.pace();
    SummaryProgress summary =
        new SummaryProgress(StepSummary.in(environment, console), InstantSource.system(), pace);
    try (OutputProgress outputs = new OutputProgress(OutputFile.in(environment))) {
      Progress progress =
          new BroadcastProgress(life.footprint(), new LogProgress(console), outputs, summary);
      Problems problems = new Problems();
      problems.attempt(() -> PrivateAuthorities.in(environment).trusted());
      Optional<Inputs> inputs = problems.attempt(new InputReader(environment, progress)::read);
      Optional<RunContext> run = problems.attempt(new RunContextReader(environment)::read);
      problems.throwIfAny();
      life.limit().accept(LongestRun.of(inputs.orElseThrow()));
      progress.started(inputs.orElseThrow(), run.orElseThrow());
      new Wiring(console, progress, pace).deliver(inputs.orElseThrow(), run.orElseThrow());
      return 0;
    } catch (IOException | RuntimeException | Error e) {
      summary.stopped(new ProblemReporter(console, environment).report(e), life.footprint());
      return 1;
    }
  }
}
