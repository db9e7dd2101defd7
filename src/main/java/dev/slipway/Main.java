package dev.slipway;

import dev.slipway.argocd.ArgoCdLiveCheck;
import dev.slipway.argocd.ArgoCdServer;
import dev.slipway.aws.AwsAccess;
import dev.slipway.delivery.Delivery;
import dev.slipway.delivery.GitOpsPorts;
import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.LiveCheck;
import dev.slipway.delivery.LongestRun;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.Planner;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.delivery.RunContext;
import dev.slipway.delivery.Targets;
import dev.slipway.delivery.Ticker;
import dev.slipway.ecs.AwsEcsCluster;
import dev.slipway.github.GitHubApi;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problems;
import dev.slipway.registry.JibImageRegistry;
import dev.slipway.registry.RegistryAccess;
import dev.slipway.registry.SourceRegistries;
import dev.slipway.registry.archive.ImageSources;
import dev.slipway.registry.build.LayeredImageBuilder;
import dev.slipway.runner.BroadcastProgress;
import dev.slipway.runner.Cancellation;
import dev.slipway.runner.Console;
import dev.slipway.runner.Environment;
import dev.slipway.runner.Footprint;
import dev.slipway.runner.InputReader;
import dev.slipway.runner.LogProgress;
import dev.slipway.runner.OutputFile;
import dev.slipway.runner.OutputProgress;
import dev.slipway.runner.PrivateAuthorities;
import dev.slipway.runner.ProblemReporter;
import dev.slipway.runner.ProxySettings;
import dev.slipway.runner.RunContextReader;
import dev.slipway.runner.StepSummary;
import dev.slipway.runner.SummaryProgress;
import dev.slipway.ssm.SsmRemoteScripts;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// Gives the edges to the delivery, runs it, and turns its end into an exit code.
public final class Main {
  private Main() {}

  /// How a run goes on and ends.
  ///
  /// @param pace of its waits
  /// @param limit hears how long it may take at the most
  private record Lifetime(Footprint footprint, Pace pace, Consumer<Duration> limit) {}

  /// Where a run takes place.
  ///
  /// @param pace of its waits
  private record Surroundings(Console console, Progress progress, Pace pace) {}

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
      deliver(inputs.orElseThrow(), run.orElseThrow(), new Surroundings(console, progress, pace));
      return 0;
    } catch (IOException | RuntimeException | Error e) {
      summary.stopped(new ProblemReporter(console, environment).report(e), life.footprint());
      return 1;
    }
  }

  /// A stage that nobody asked for is wired too, and never spoken to.
  private static void deliver(Inputs inputs, RunContext run, Surroundings around)
      throws IOException {
    Console console = around.console();
    Progress progress = around.progress();
    AwsAccess aws = new AwsAccess(inputs.access().aws(), console, around.pace());
    RegistryAccess access = RegistryAccess.of(inputs, aws, run);
    SourceRegistries sources = new SourceRegistries(access, console, around.pace());
    RepositoryName gitOpsName =
        inputs.gitOps().map(Inputs.GitOps::repository).orElse(run.repository());
    try (GitHubApi home = GitHubApi.at(run.apiUrl(), inputs.access().gitHubToken(), around.pace());
        GitHubApi gitOps =
            GitHubApi.at(
                inputs.access().gitOpsApi(), inputs.access().gitOpsToken(), around.pace());
        ImageSources images =
            new ImageSources(
                inputs.attestations(), sources, new LayeredImageBuilder(sources, run));
        JibImageRegistry registry =
            new JibImageRegistry(access, images::open, console, around.pace())) {
      Targets targets =
          new Targets(
              new GitOpsPorts(
                  gitOps.gitOpsRepository(gitOpsName),
                  gitOps.gitOpsHistory(gitOpsName),
                  home.commitHistory(run.repository()),
                  liveCheck(inputs, run, gitOps, around)),
              new AwsEcsCluster(aws, progress),
              new SsmRemoteScripts(aws, progress, run.runUrl()));
      Planner planner =
          new Planner(home.applicationRepository(run.repository()), images, registry, targets);
      new Delivery(planner, registry, targets, progress).run(inputs, run);
    }
  }

  private static Optional<LiveCheck> liveCheck(
      Inputs inputs, RunContext run, GitHubApi gitOps, Surroundings around) {
    return inputs
        .gitOps()
        .flatMap(wanted ->
            wanted
                .argoCd()
                .map(argoCd ->
                    new ArgoCdLiveCheck(
                        ArgoCdServer.at(argoCd.server().toString(), argoCd.token(), around.pace()),
                        gitOps.gitOpsHistory(wanted.repository()),
                        new ArgoCdLiveCheck.Surroundings(
                            around.progress(), run.runUrl(), around.pace().ticker()))));
  }
}
