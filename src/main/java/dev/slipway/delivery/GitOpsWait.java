package dev.slipway.delivery;

import dev.slipway.delivery.Expectation.Delivered;
import dev.slipway.delivery.Expectation.Image;
import dev.slipway.delivery.GitOpsRepository.Awaited;
import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.MergeWait;
import dev.slipway.version.CommitSha;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Waits for what follows a write to the GitOps repository: the merge of the pull request, and that
/// the applications run what was delivered.
final class GitOpsWait {
  private final GitOpsPorts ports;
  private final Inputs.GitOps wanted;
  private final URI api;
  private final GitOpsRollout rollout;
  private final Progress progress;

  GitOpsWait(GitOpsPorts ports, Inputs inputs, GitOpsRollout rollout, Progress progress) {
    this.ports = ports;
    this.wanted = inputs.gitOps().orElseThrow();
    this.api = inputs.access().gitOpsApi();
    this.rollout = rollout;
    this.progress = progress;
  }

  /// Waits as far as that was asked.
  ///
  /// @param written what has become of the repository so far
  /// @throws dev.slipway.problem.ActionException when it does not come true
  Rollout settled(Rollout written, PlaceholderValues values) {
    Rollout settled =
        switch (written) {
          case Rollout.PullRequestOpen open when open.pending() && wanted.pullRequest().waits() ->
              merged(open, values);
          case Rollout other -> other;
        };
    if (!settled.equals(written)) {
      progress.settled(settled);
    }
    return live(settled, values);
  }

  private Rollout merged(Rollout.PullRequestOpen written, PlaceholderValues values) {
    MergeWait wait =
        ports
            .repository()
            .mergeWait(wanted.pullRequest().waitForMerge(), rollout.precedence(), progress);
    Rollout now = written;
    // Each round in which the pull request is made anew takes some of the time that `wait` has.
    while (now instanceof Rollout.PullRequestOpen open && open.pending()) {
      now =
          switch (wait.await(open.proposed(), wanted.message().autoMerge())) {
            case Awaited.Merged(var commit) -> merged(open, commit);
            case Awaited.Outdated _ -> rollout.again(values);
            case Awaited.Overtaken(var newer) -> rollout.superseding().by(newer, true);
          };
    }
    return now;
  }

  private Rollout merged(Rollout.PullRequestOpen open, CommitSha commit) {
    ports.repository().removeBranch(open.branches().head(), open.proposed().head());
    return open.with(new Merge.Merged(commit));
  }

  private Rollout live(Rollout settled, PlaceholderValues values) {
    Optional<LiveCheck> check = ports.live();
    Optional<Inputs.ArgoCd> argoCd = wanted.argoCd();
    Optional<Delivered> delivered = delivered(settled);
    if (check.isEmpty() || argoCd.isEmpty() || delivered.isEmpty()) {
      return settled;
    }
    return switch (check.get().await(expectation(delivered.get(), values, argoCd.get()))) {
      case LiveCheck.Result.Live live -> {
        progress.live(live);
        yield settled;
      }
      case LiveCheck.Result.Superseded(var application, var by) -> {
        Rollout end =
            rollout
                .superseding()
                .by(
                    "commit %s replaced the delivered values before Argo CD application %s ran them"
                        .formatted(by.shortened(7), application),
                    settled.changed());
        progress.settled(end);
        yield end;
      }
    };
  }

  private Optional<Delivered> delivered(Rollout settled) {
    return switch (settled) {
      case Rollout.Superseded _,
          Rollout.ServiceRuns _,
          Rollout.ServiceSuperseded _,
          Rollout.ScriptRan _ ->
          Optional.empty();
      case Rollout.AlreadyUpToDate(var branch, var head, var changes, var _) ->
          Optional.of(delivered(branch, head, changes));
      case Rollout.Committed(var branch, var commit, var changes) ->
          Optional.of(delivered(branch, commit, changes));
      case Rollout.PullRequestOpen open ->
          open.merge() instanceof Merge.Merged(var commit)
              ? Optional.of(delivered(open.branches().base(), commit, open.changes()))
              : Optional.empty();
    };
  }

  private Delivered delivered(String branch, CommitSha commit, List<FileChange> changes) {
    return new Delivered(gitHost(), wanted.repository(), branch, commit, changes);
  }

  /// GitHub's API has a host of its own, an Enterprise Server's has not.
  private String gitHost() {
    return api.getHost().replaceFirst("^api\\.", "");
  }

  private static Expectation expectation(
      Delivered delivered, PlaceholderValues values, Inputs.ArgoCd argoCd) {
    List<Image> images =
        values.images().stream()
            .flatMap(image ->
                image.reference().stream().map(reference -> new Image(reference, image.digest())))
            .toList();
    return new Expectation(delivered, images, argoCd.applications(), argoCd.sync(), argoCd.limit());
  }
}
