package dev.slipway;

import dev.slipway.argocd.ArgoCdLiveCheck;
import dev.slipway.argocd.ArgoCdServer;
import dev.slipway.aws.AwsAccess;
import dev.slipway.delivery.Delivery;
import dev.slipway.delivery.GitOpsPorts;
import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.LiveCheck;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.Planner;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.delivery.RunContext;
import dev.slipway.delivery.Targets;
import dev.slipway.ecs.AwsEcsCluster;
import dev.slipway.github.GitHubApi;
import dev.slipway.registry.JibImageRegistry;
import dev.slipway.registry.RegistryAccess;
import dev.slipway.registry.SourceRegistries;
import dev.slipway.registry.archive.ImageSources;
import dev.slipway.registry.build.LayeredImageBuilder;
import dev.slipway.runner.report.Console;
import dev.slipway.ssm.SsmRemoteScripts;
import java.io.IOException;
import java.util.Optional;

/// Gives the edges to the delivery, and runs it.
///
/// @param pace of every wait
record Wiring(Console console, Progress progress, Pace pace) {
  /// A stage that nobody asked for is wired too, and never spoken to.
  void deliver(Inputs inputs, RunContext run) throws IOException {
    AwsAccess aws = new AwsAccess(inputs.access().aws(), console, pace);
    RegistryAccess access = RegistryAccess.of(inputs, aws, run);
    SourceRegistries sources = new SourceRegistries(access, console, pace);
    try (GitHubApi home = GitHubApi.at(run.apiUrl(), inputs.access().gitHubToken(), pace);
        GitHubApi gitOps =
            GitHubApi.at(inputs.access().gitOpsApi(), inputs.access().gitOpsToken(), pace);
        ImageSources images =
            new ImageSources(
                inputs.attestations(), sources, new LayeredImageBuilder(sources, run));
        JibImageRegistry registry = new JibImageRegistry(access, images::open, console, pace)) {
      Targets targets =
          new Targets(
              gitOps(inputs, run, home, gitOps),
              new AwsEcsCluster(aws, progress),
              new SsmRemoteScripts(aws, progress, run.runUrl()));
      Planner planner =
          new Planner(home.applicationRepository(run.repository()), images, registry, targets);
      new Delivery(planner, registry, targets, progress).run(inputs, run);
    }
  }

  private GitOpsPorts gitOps(Inputs inputs, RunContext run, GitHubApi home, GitHubApi api) {
    RepositoryName name = inputs.gitOps().map(Inputs.GitOps::repository).orElse(run.repository());
    return new GitOpsPorts(
        api.gitOpsRepository(name),
        api.gitOpsHistory(name),
        home.commitHistory(run.repository()),
        liveCheck(inputs, run, api));
  }

  private Optional<LiveCheck> liveCheck(Inputs inputs, RunContext run, GitHubApi api) {
    return inputs
        .gitOps()
        .flatMap(wanted ->
            wanted
                .argoCd()
                .map(argoCd ->
                    new ArgoCdLiveCheck(
                        ArgoCdServer.at(argoCd.server().toString(), argoCd.token(), pace),
                        api.gitOpsHistory(wanted.repository()),
                        new ArgoCdLiveCheck.Surroundings(progress, run.runUrl(), pace.ticker()))));
  }
}
