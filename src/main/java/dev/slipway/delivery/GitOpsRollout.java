package dev.slipway.delivery;

import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.problem.ActionException;
import dev.slipway.version.CommitSha;
import java.util.List;
import java.util.Optional;

/// Moves the GitOps repository to what was asked for.
///
/// Whatever the plan saw, the repository is read again: minutes may have passed, and others write
/// there too.
final class GitOpsRollout {
  /// Each lost race is a commit of somebody else, so this is how many may come before ours.
  private static final int MOST_RACES = 60;

  private final GitOpsRepository gitOps;
  private final Inputs.GitOps wanted;
  private final RunContext run;

  GitOpsRollout(GitOpsRepository gitOps, Inputs.GitOps wanted, RunContext run) {
    this.gitOps = gitOps;
    this.wanted = wanted;
    this.run = run;
  }

  /// Writes only what is missing.
  ///
  /// @throws ActionException when the change cannot be made
  Rollout carryOut(PlaceholderValues values) {
    DeliveryText text = new DeliveryText(run, wanted, values);
    for (int race = 0; race < MOST_RACES; race++) {
      Snapshot base = gitOps.read(wanted.branch(), FileChanges.paths(wanted));
      List<FileChange> changes = new FileChanges(wanted, base, values).all();
      if (changes.stream().noneMatch(FileChange::changes)) {
        return new Rollout.AlreadyUpToDate(base.branch());
      }
      Optional<Rollout> written =
          switch (wanted.delivery()) {
            case PULL_REQUEST -> Optional.of(propose(base, text, changes));
            case COMMIT -> commit(base, text, changes);
          };
      if (written.isPresent()) {
        return written.get();
      }
    }
    throw contested();
  }

  private Rollout propose(Snapshot base, DeliveryText text, List<FileChange> changes) {
    Proposed proposed = gitOps.propose(base, text.proposal(base.branch(), changes));
    Merge merge =
        wanted
            .message()
            .autoMerge()
            .map(method -> gitOps.autoMerge(proposed, method))
            .orElseGet(Merge.Off::new);
    return new Rollout.PullRequestOpen(proposed, merge, changes);
  }

  /// Empty after a lost race.
  private Optional<Rollout> commit(Snapshot base, DeliveryText text, List<FileChange> changes) {
    List<FileChange> real = changes.stream().filter(FileChange::changes).toList();
    Optional<CommitSha> commit = gitOps.commit(base, text.commitMessage(), real);
    return commit.map(known -> new Rollout.Committed(base.branch(), known, changes));
  }

  private ActionException contested() {
    return new ActionException(
        "%s does not hold still".formatted(wanted.repository()),
        "others wrote to its branch each of the %d times before this run could"
            .formatted(MOST_RACES),
        "Run the step again; a `concurrency` group lets deliveries run one after the other");
  }
}
