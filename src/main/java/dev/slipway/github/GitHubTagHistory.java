package dev.slipway.github;

import dev.slipway.delivery.RepositoryName;
import dev.slipway.github.Refusals.Deed;
import dev.slipway.version.CommitSha;
import dev.slipway.version.GitTag;
import dev.slipway.version.TagHistory;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.github.GHTag;

/// The tags of a repository on GitHub.
final class GitHubTagHistory implements TagHistory {
  private static final int PAGE = 100;
  private static final int MOST_TAGS = 50_000;

  private final Library library;
  private final RepositoryName name;
  private final Refusals refusals;

  GitHubTagHistory(GitHubApi api, RepositoryName name) {
    this.library = api.library();
    this.name = name;
    this.refusals = Refusals.of(name, api.token(), "github-token");
  }

  /// Annotated tags come peeled from [this
  /// list](https://docs.github.com/en/rest/repos/repos#list-repository-tags).
  @Override
  public List<GitTag> tags() {
    return refusals.translating(Deed.READ, () -> library.call(this::allPages));
  }

  private List<GitTag> allPages() {
    List<GitTag> tags = new ArrayList<>();
    for (GHTag tag : library.repository(name).listTags().withPageSize(PAGE)) {
      if (tags.size() == MOST_TAGS) {
        throw GitHubProblems.tooManyTags(name, MOST_TAGS);
      }
      tags.add(new GitTag(tag.getName(), new CommitSha(tag.getCommit().getSHA1())));
    }
    return tags;
  }

  @Override
  public boolean isAncestor(CommitSha ancestor, CommitSha commit) {
    // Histories that never met have no comparison, and GitHub says so with 404.
    return new Ancestry(library, refusals, refused -> refused.says("No common ancestor"))
        .contains(ancestor, commit);
  }
}
