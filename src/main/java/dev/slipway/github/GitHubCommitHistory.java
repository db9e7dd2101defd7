package dev.slipway.github;

import dev.slipway.delivery.CommitHistory;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.version.CommitSha;

/// The commits of a repository on GitHub.
final class GitHubCommitHistory implements CommitHistory {
  private final Library library;
  private final Refusals refusals;

  /// @param input the action's input that the token came from
  GitHubCommitHistory(GitHubApi api, RepositoryName name, String input) {
    this.library = api.library();
    this.refusals = Refusals.of(name, api.token(), input);
  }

  @Override
  public boolean contains(CommitSha ancestor, CommitSha commit) {
    // 404: a commit that was forced away, or histories that never met.
    return new Ancestry(library, refusals, Refused::isNotFound).contains(ancestor, commit);
  }
}
