package dev.slipway.github;

import dev.slipway.delivery.CommitHistory;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.github.Refusals.Deed;
import dev.slipway.version.CommitSha;
import org.kohsuke.github.GHCompare;
import org.kohsuke.github.GHRepository;

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
    return ancestor.equals(commit)
        || refusals.translating(Deed.READ, () -> leadsTo(ancestor, commit));
  }

  private boolean leadsTo(CommitSha ancestor, CommitSha commit) {
    GHRepository repository = library.repository(refusals.repository());
    // One commit a page: the answer's status is all we want.
    repository.setCompareUsePaginatedCommits(true);
    try {
      return switch (library
          .call(() -> repository.getCompare(ancestor.value(), commit.value()))
          .getStatus()) {
        case GHCompare.Status.ahead, GHCompare.Status.identical -> true;
        case GHCompare.Status.behind, GHCompare.Status.diverged -> false;
      };
    } catch (Refused refused) {
      // A commit that was forced away, or histories that never met.
      if (refused.isNotFound()) {
        return false;
      }
      throw refused;
    }
  }
}
