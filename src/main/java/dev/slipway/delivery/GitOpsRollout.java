package dev.slipway.delivery;

import dev.slipway.delivery.GitOpsRepository.BaseMoved;
import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Overtaken;
import dev.slipway.delivery.GitOpsRepository.Proposal;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.problem.ActionException;
import dev.slipway.version.CommitSha;
import java.util.List;
import java.util.Optional;

/// Moves the GitOps repository to what was asked for.
///
/// What was read is never trusted: minutes may have passed, and others write there too. A write
/// that finds another base branch writes nothing, and the change is made anew.
final class GitOpsRollout {
  /// Each lost race is a commit of somebody else, so this is how many may come before ours.
  private static final int MOST_RACES = 60;

  /// How often a pull request keeps up with a base branch that outran it. Then it is left open, for
  /// it is no failure: the next run brings it home.
  private static final int MOST_PROPOSALS = MOST_RACES;

  private final GitOpsRepository gitOps;
  private final Inputs.GitOps wanted;
  private final RunContext run;
  private final Progress progress;
  private final Precedence precedence;
  private final Superseding superseding;
  private int proposals;

  GitOpsRollout(GitOpsPorts ports, Inputs.GitOps wanted, RunContext run, Progress progress) {
    this.gitOps = ports.repository();
    this.progress = progress;
    this.wanted = wanted;
    this.run = run;
    this.precedence = new Precedence(DeliveryText.provenance(run, wanted), ports.sources());
    this.superseding = new Superseding(wanted.onSuperseded(), wanted.repository().toString());
  }

  Precedence precedence() {
    return precedence;
  }

  Superseding superseding() {
    return superseding;
  }

  /// Looks whether a newer delivery is there already, so that nothing need be pushed.
  Optional<Rollout> superseded(Plan plan) {
    return plan.gitOps().flatMap(change -> superseded(change.base(), change.changes()));
  }

  private Optional<Rollout> superseded(Snapshot base, List<FileChange> changes) {
    return changes.stream().noneMatch(FileChange::changes)
        ? Optional.empty()
        : precedence
            .newer(base.deliveries())
            .or(() -> newerProposal(base))
            .map(newer -> superseding.by(newer, proposals > 0));
  }

  private Optional<Provenance> newerProposal(Snapshot base) {
    return switch (wanted.delivery()) {
      case PULL_REQUEST -> base.proposals().stream().filter(precedence).findFirst();
      case COMMIT -> Optional.empty();
    };
  }

  /// Reads the repository as it is now, and writes what is missing there.
  Rollout again(PlaceholderValues values) {
    return carryOut(values, read());
  }

  /// Writes only what is missing.
  ///
  /// @param seen what the plan was made on
  /// @throws ActionException when the change cannot be made
  Rollout carryOut(PlaceholderValues values, Snapshot seen) {
    DeliveryText text = new DeliveryText(run, wanted, values);
    Snapshot base = seen;
    for (int race = 0; race < MOST_RACES; race++) {
      List<FileChange> changes = new FileChanges(wanted, base, values).all();
      if (changes.stream().noneMatch(FileChange::changes)) {
        return new Rollout.AlreadyUpToDate(base.branch(), base.head(), changes);
      }
      Optional<Rollout> passedBy = superseded(base, changes);
      Optional<Rollout> end = passedBy.isPresent() ? passedBy : write(base, text, changes);
      if (end.isPresent()) {
        return end.get();
      }
      base = read();
    }
    throw contested();
  }

  private Snapshot read() {
    return gitOps.read(wanted.branch(), FileChanges.paths(wanted));
  }

  /// Empty when it has to be made anew.
  private Optional<Rollout> write(Snapshot base, DeliveryText text, List<FileChange> changes) {
    return switch (wanted.delivery()) {
      case PULL_REQUEST -> propose(base, text, changes);
      case COMMIT -> commit(base, text, changes);
    };
  }

  private Optional<Rollout> propose(Snapshot base, DeliveryText text, List<FileChange> changes) {
    Proposal proposal = text.proposal(base.branch(), changes);
    return switch (gitOps.propose(base, proposal, precedence)) {
      case BaseMoved _ -> Optional.empty();
      case Overtaken(var newer) -> Optional.of(superseding.by(newer, proposals > 0));
      case Proposed proposed -> merge(base, proposal, proposed, changes);
    };
  }

  private Optional<Rollout> merge(
      Snapshot base, Proposal proposal, Proposed proposed, List<FileChange> changes) {
    proposals++;
    gitOps
        .accompany(proposed, wanted.pullRequest())
        .forEach(problem -> progress.warning(problem.what() + ": " + problem.why(), problem.fix()));
    Merge merge =
        wanted
            .message()
            .autoMerge()
            .map(method -> gitOps.autoMerge(proposed, method))
            .orElseGet(() -> gitOps.leaveOpen(proposed));
    if (merge instanceof Merge.Outdated && proposals < MOST_PROPOSALS) {
      return Optional.empty();
    }
    if (merge instanceof Merge.Merged) {
      gitOps.removeBranch(proposal.headBranch(), proposed.head());
    }
    return Optional.of(
        new Rollout.PullRequestOpen(
            new Rollout.Branches(proposal.headBranch(), base.branch()), proposed, merge, changes));
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
