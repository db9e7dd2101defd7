package dev.slipway.github;

import dev.slipway.delivery.Releases.Claim;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.version.CommitSha;
import java.io.IOException;
import java.util.Optional;
import org.kohsuke.github.GHRef;
import org.kohsuke.github.GHRepository;

/// Makes one tag, at most once.
///
/// GitHub answers 422 both when the name is taken and when it refuses, and tells the two apart in
/// words only, so the tag itself is looked at.
final class TagClaim {
  /// A tag of a tag of a tag: git allows it, nobody does it.
  private static final int DEEPEST = 5;

  private final Library library;
  private final Attempts attempts;
  private final RepositoryName repository;
  private final String tagName;
  private final CommitSha commit;

  TagClaim(GitHubApi api, RepositoryName repository, String tagName, CommitSha commit) {
    this.library = api.library();
    this.attempts = new Attempts(api.waiting());
    this.repository = repository;
    this.tagName = tagName;
    this.commit = commit;
  }

  Claim make() {
    while (true) {
      try {
        library.call(() -> home().createRef("refs/tags/" + tagName, commit.value()));
        return new Claim.Made();
      } catch (Lost lost) {
        Optional<CommitSha> present = look();
        if (present.isPresent()) {
          // Most likely it was made by the request whose answer is missing.
          return present.get().equals(commit) ? new Claim.Made() : new Claim.LostTo(present.get());
        }
        attempts.failed(lost);
      } catch (Refused refused) {
        if (refused.status() != 422) {
          throw refused;
        }
        Optional<CommitSha> present = look();
        if (present.isPresent()) {
          return present.get().equals(commit)
              ? new Claim.Present()
              : new Claim.LostTo(present.get());
        }
        if (!refused.says("Reference already exists")) {
          throw refused;
        }
        // What was just made is not always seen at once.
        attempts.failed(refused);
      }
    }
  }

  /// The commit that the tag points at; empty when there is no such tag.
  private Optional<CommitSha> look() {
    try {
      return Optional.of(new CommitSha(library.call(this::peeled)));
    } catch (Refused refused) {
      if (refused.isNotFound()) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private String peeled() throws IOException {
    GHRef.GHObject object = home().getRef("tags/" + tagName).getObject();
    for (int depth = 0; depth < DEEPEST && object.getType().equals("tag"); depth++) {
      object = home().getTagObject(object.getSha()).getObject();
    }
    return object.getSha();
  }

  private GHRepository home() {
    return library.repository(repository);
  }
}
