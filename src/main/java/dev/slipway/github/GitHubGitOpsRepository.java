package dev.slipway.github;

import dev.slipway.delivery.GitOpsRepository;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.github.Refusals.Deed;
import dev.slipway.values.FileContent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A GitOps repository on GitHub.
final class GitHubGitOpsRepository implements GitOpsRepository {
  private final GitHubApi api;
  private final Refusals refusals;
  private final Map<BlobId, FileContent> blobs = new ConcurrentHashMap<>();

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
  public Merge autoMerge(Proposed proposed, MergeMethod method) {
    return refusals.translating(
        Deed.PROPOSE, () -> new AutoMerge(api, refusals, proposed, method).settle());
  }
}
