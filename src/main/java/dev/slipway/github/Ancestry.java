package dev.slipway.github;

import dev.slipway.github.Refusals.Deed;
import dev.slipway.version.CommitSha;
import java.util.function.Predicate;
import org.kohsuke.github.GHCompare;
import org.kohsuke.github.GHRepository;

/// Which commit of a repository leads to which, as GitHub compares them.
///
/// @param unrelated the refusals that mean that neither leads to the other
record Ancestry(Library library, Refusals refusals, Predicate<Refused> unrelated) {
  boolean contains(CommitSha ancestor, CommitSha commit) {
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
      if (unrelated.test(refused)) {
        return false;
      }
      throw refused;
    }
  }
}
