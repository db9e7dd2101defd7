package dev.slipway.delivery;

import java.util.List;
import java.util.stream.Stream;

/// The places where an image can be brought into service. One that nobody asked for is never spoken
/// to.
public record Targets(GitOpsPorts gitOps, EcsCluster ecs, RemoteScripts scripts) {
  /// The same for a rollback.
  Targets backwards() {
    return new Targets(gitOps.backwards(), ecs, scripts);
  }

  /// Those that `inputs` ask for, in the order in which they are moved: what a script or a service
  /// may read from the GitOps repository is written before.
  List<DeployTarget> wanted(Inputs inputs, RunContext run, Progress progress) {
    return Stream.of(
            inputs.gitOps().map(wanted -> gitOps(wanted, inputs, run, progress)).stream(),
            inputs.ecs().map(_ -> new EcsTarget(ecs, progress)).stream(),
            inputs.script().map(_ -> new ScriptTarget(scripts, progress)).stream())
        .<DeployTarget>flatMap(target -> target)
        .toList();
  }

  private GitOpsTarget gitOps(
      Inputs.GitOps wanted, Inputs inputs, RunContext run, Progress progress) {
    GitOpsRollout rollout = new GitOpsRollout(gitOps, wanted, run, progress);
    return new GitOpsTarget(
        gitOps.repository(),
        rollout,
        new GitOpsWait(gitOps, inputs, rollout, progress),
        run,
        progress);
  }
}
