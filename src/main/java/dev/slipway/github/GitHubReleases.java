package dev.slipway.github;

import dev.slipway.delivery.Releases;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.github.Refusals.Deed;
import dev.slipway.version.CommitSha;

/// Version tags and GitHub Releases of a repository.
final class GitHubReleases implements Releases {
  private final GitHubApi api;
  private final RepositoryName name;
  private final Refusals refusals;

  GitHubReleases(GitHubApi api, RepositoryName name) {
    this.api = api;
    this.name = name;
    this.refusals = Refusals.of(name, api.token(), "github-token");
  }

  @Override
  public Claim claim(String tagName, CommitSha commit) {
    return refusals.translating(Deed.TAG, () -> new TagClaim(api, name, tagName, commit).make());
  }

  @Override
  public Page publish(Publication publication) {
    return refusals.translating(
        Deed.RELEASE, () -> new ReleasePage(api, name, publication).settle());
  }
}
