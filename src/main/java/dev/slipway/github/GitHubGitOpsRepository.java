package dev.slipway.github;

import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.GitOpsRepository;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.github.Refusals.Deed;
import dev.slipway.values.FileContent;
import dev.slipway.version.CommitSha;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A GitOps repository on GitHub.
final class GitHubGitOpsRepository implements GitOpsRepository {
  private final GitHubApi api;
  private final Refusals refusals;
  private final Map<BlobId, FileContent> blobs = new ConcurrentHashMap<>();
  private final AtomicInteger lostRaces = new AtomicInteger();

  GitHubGitOpsRepository(GitHubApi api, RepositoryName name) {
    this.api = api;
    this.refusals = Refusals.of(name, api.token(), "gitops-token");
  }

  @Override
  public Snapshot read(Optional<String> branch, Set<String> paths) {
    return refusals.translating(
        Deed.READ, () -> new BaseBranch(api, refusals, blobs).read(branch, paths));
  }

  @Override
  public Proposed propose(Snapshot base, Proposal proposal) {
    return new Proposer(api, refusals, base, proposal).propose();
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
}
