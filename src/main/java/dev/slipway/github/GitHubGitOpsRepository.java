package dev.slipway.github;

import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.GitOpsRepository;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.Provenance;
import dev.slipway.delivery.PullRequestSettings;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.github.Refusals.Deed;
import dev.slipway.problem.Problem;
import dev.slipway.version.CommitSha;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// A GitOps repository on GitHub.
final class GitHubGitOpsRepository implements GitOpsRepository {
  private final GitHubApi api;
  private final Refusals refusals;
  private final FileReader files;
  private final AtomicInteger lostRaces = new AtomicInteger();

  GitHubGitOpsRepository(GitHubApi api, RepositoryName name) {
    this.api = api;
    this.refusals = Refusals.of(name, api.token(), "gitops-token");
    this.files = new FileReader(api, new ConcurrentHashMap<>());
  }

  @Override
  public Snapshot read(Optional<String> branch, Set<String> paths) {
    return refusals.translating(
        Deed.READ, () -> new BaseBranch(api, refusals, files).read(branch, paths));
  }

  @Override
  public Proposing propose(Snapshot base, Proposal proposal, Predicate<Provenance> newer) {
    return new Proposer(api, refusals, base, proposal).propose(newer);
  }

  @Override
  public Optional<CommitSha> commit(Snapshot base, String message, List<FileChange> changes) {
    SignedCommit wanted = new SignedCommit(base.branch(), base.head(), message, changes);
    Optional<CommitSha> commit =
        refusals.translating(Deed.COMMIT, () -> new DirectCommit(api, refusals, wanted).make());
    if (commit.isEmpty()) {
      api.waiting().pause(Backoff.jittered(api.waiting(), lostRaces.incrementAndGet()));
    }
    return commit;
  }

  @Override
  public Merge autoMerge(Proposed proposed, MergeMethod method) {
    return refusals.translating(
        Deed.PROPOSE, () -> new AutoMerge(api, refusals, proposed, method).settle());
  }

  @Override
  public List<Problem> accompany(Proposed proposed, PullRequestSettings settings) {
    return new Companions(api, refusals, proposed, settings).set();
  }

  @Override
  public Merge leaveOpen(Proposed proposed) {
    return proposed.operation() == Operation.CREATED
        ? new Merge.Off(false)
        : refusals.translating(
            Deed.PROPOSE, () -> new Disarming(api, refusals.repository(), proposed).settle());
  }

  @Override
  public MergeWait mergeWait(Duration limit, Predicate<Provenance> newer, Progress progress) {
    return new MergeWatch(api, refusals, new MergeWatch.Conditions(limit, newer, progress));
  }

  @Override
  public void removeBranch(String headBranch, CommitSha tip) {
    new UnneededBranch(api, refusals.repository(), headBranch, tip).remove();
  }

  @Override
  public Withdrawal withdraw(String headBranch, String why) {
    return new Withdrawing(api, refusals, headBranch, why).settle();
  }
}
