package dev.slipway.runner.report;

import dev.slipway.delivery.EcsCluster;
import dev.slipway.delivery.RemoteScripts;
import dev.slipway.delivery.Rollout;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What became of a deploy target, in a sentence.
final class RolloutText {
  private static final int MOST_MACHINES = 5;

  private RolloutText() {}

  /// What the stage is called among the timings.
  static String stage(Rollout rollout) {
    return switch (rollout) {
      case Rollout.AlreadyUpToDate _,
          Rollout.Committed _,
          Rollout.PullRequestOpen _,
          Rollout.Superseded _ ->
          "GitOps";
      case Rollout.ServiceRuns _, Rollout.ServiceSuperseded _ -> "ECS";
      case Rollout.ScriptRan _ -> "script";
    };
  }

  /// Of a service of ECS; empty for anything else.
  static Optional<String> service(Rollout rollout) {
    return switch (rollout) {
      case Rollout.AlreadyUpToDate _,
          Rollout.Committed _,
          Rollout.PullRequestOpen _,
          Rollout.Superseded _,
          Rollout.ScriptRan _ ->
          Optional.empty();
      case Rollout.ServiceRuns runs when runs.changed() ->
          Optional.of(
              "The service %s runs %s; before, it ran %s."
                  .formatted(
                      runs.service(), revision(runs.taskDefinition()), revision(runs.previous())));
      case Rollout.ServiceRuns runs ->
          Optional.of(
              "The service %s runs %s already."
                  .formatted(runs.service(), revision(runs.taskDefinition())));
      case Rollout.ServiceSuperseded superseded ->
          Optional.of(
              "Another deployment moved the service %s on to %s."
                  .formatted(superseded.service(), revision(superseded.by())));
    };
  }

  /// Of a script.
  static String script(Rollout.ScriptRan ran) {
    return "The script ran on %s: Run Command %s."
        .formatted(machines(ran.machines()), ran.command());
  }

  /// The machines, or how many they are.
  static String machines(List<RemoteScripts.Machine> machines) {
    return machines.size() > MOST_MACHINES
        ? "%d machines".formatted(machines.size())
        : machines.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  /// Of a branch that needed no commit.
  static String upToDate(Rollout.AlreadyUpToDate there) {
    return "The branch %s says it already.%s"
        .formatted(
            there.branch(),
            there
                .withdrawn()
                .map(closed ->
                    " The pull request #%d, which would have moved it on, is closed."
                        .formatted(closed.number()))
                .orElse(""));
  }

  /// What a run left there that came no further.
  static String written(Rollout rollout) {
    return switch (rollout) {
      case Rollout.PullRequestOpen open ->
          "The pull request #%d is there.".formatted(open.proposed().pullRequest().number());
      case Rollout.Committed(var branch, var commit, var _) ->
          "The branch %s has commit %s.".formatted(branch, commit.shortened(7));
      case Rollout.AlreadyUpToDate upToDate -> upToDate(upToDate);
      case Rollout.Superseded(var by, var _) -> Sentence.of(by);
      case Rollout.ServiceRuns _, Rollout.ServiceSuperseded _ -> service(rollout).orElseThrow();
      case Rollout.ScriptRan ran -> script(ran);
    };
  }

  /// What the plan does with the task definition.
  static String next(EcsCluster.Service service) {
    return switch (service.next()) {
      case EcsCluster.Next.Same _ -> revision(service.taskDefinition()) + ", which it runs";
      case EcsCluster.Next.Registered(String arn) -> revision(arn) + ", registered before";
      case EcsCluster.Next.New _ -> "a new revision; it runs " + revision(service.taskDefinition());
      case EcsCluster.Next.Earlier(String arn, var anew) -> earlier(service, arn, anew.isPresent());
    };
  }

  private static String earlier(EcsCluster.Service service, String arn, boolean anew) {
    return "back to %s%s; it runs %s"
        .formatted(
            revision(arn), anew ? ", registered anew" : "", revision(service.taskDefinition()));
  }

  private static String revision(String arn) {
    return arn.replaceFirst(".*/", "");
  }
}
