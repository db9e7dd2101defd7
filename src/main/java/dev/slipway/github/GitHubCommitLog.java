package dev.slipway.github;

import dev.slipway.delivery.RepositoryName;
import dev.slipway.github.Refusals.Deed;
import dev.slipway.version.Commit;
import dev.slipway.version.CommitLog;
import dev.slipway.version.CommitSha;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohsuke.github.GHCommit;
import org.kohsuke.github.GHCompare;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitUser;

/// The commits of a repository on GitHub.
final class GitHubCommitLog implements CommitLog {
  private static final int PAGE = 100;
  private static final int MOST_COMMITS = 10_000;
  private static final int MOST_OF_A_FIRST_RELEASE = 250;

  private final Library library;
  private final RepositoryName name;
  private final Refusals refusals;

  GitHubCommitLog(GitHubApi api, RepositoryName name) {
    this.library = api.library();
    this.name = name;
    this.refusals = Refusals.of(name, api.token(), "github-token");
  }

  /// A commit and when it was made, as its committer's clock says.
  private record Dated(Commit commit, Instant date) {
    static Dated of(String sha, String message, GitUser committer) {
      return new Dated(new Commit(new CommitSha(sha), message), committer.getDate());
    }
  }

  @Override
  public List<Commit> since(Optional<CommitSha> after, CommitSha head) {
    return range(after, head).stream().map(Dated::commit).toList();
  }

  @Override
  public Set<CommitSha> touching(String path, Optional<CommitSha> after, CommitSha head) {
    // A branch that was merged late holds commits from before the last release, so that its date
    // says nothing; the range's own oldest commit does.
    Optional<Instant> oldest = range(after, head).stream().map(Dated::date).min(Instant::compareTo);
    return oldest.isEmpty()
        ? Set.of()
        : refusals.translating(
            Deed.READ, () -> library.call(() -> touching(path, head, oldest.get())));
  }

  private List<Dated> range(Optional<CommitSha> after, CommitSha head) {
    return refusals.translating(
        Deed.READ,
        () -> library.call(() -> after.isPresent() ? between(after.get(), head) : newest(head)));
  }

  /// All pages of a
  /// [comparison](https://docs.github.com/en/rest/commits/commits#compare-two-commits), which is
  /// oldest first; without pages it ends at 250 commits.
  private List<Dated> between(CommitSha after, CommitSha head) throws IOException {
    GHRepository repository = library.repository(name);
    repository.setCompareUsePaginatedCommits(true);
    List<Dated> commits = new ArrayList<>();
    for (GHCompare.Commit commit :
        repository.getCompare(after.value(), head.value()).listCommits().withPageSize(PAGE)) {
      if (commits.size() == MOST_COMMITS) {
        throw GitHubProblems.tooManyCommits(name, after, MOST_COMMITS);
      }
      commits.add(
          Dated.of(
              commit.getSHA1(),
              commit.getCommit().getMessage(),
              commit.getCommit().getCommitter()));
    }
    return commits;
  }

  private List<Dated> newest(CommitSha head) throws IOException {
    List<Dated> commits = new ArrayList<>();
    for (GHCommit commit :
        library.repository(name).queryCommits().from(head.value()).pageSize(PAGE).list()) {
      GHCommit.ShortInfo info = commit.getCommitShortInfo();
      commits.add(Dated.of(commit.getSHA1(), info.getMessage(), info.getCommitter()));
      if (commits.size() == MOST_OF_A_FIRST_RELEASE) {
        break;
      }
    }
    return commits.reversed();
  }

  private Set<CommitSha> touching(String path, CommitSha head, Instant oldest) {
    Set<CommitSha> commits = new HashSet<>();
    for (GHCommit commit :
        library
            .repository(name)
            .queryCommits()
            .from(head.value())
            .path(path)
            .since(oldest)
            .pageSize(PAGE)
            .list()) {
      if (commits.size() == MOST_COMMITS) {
        break;
      }
      commits.add(new CommitSha(commit.getSHA1()));
    }
    return commits;
  }
}
