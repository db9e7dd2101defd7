package dev.slipway.delivery;

import dev.slipway.version.Changelog;
import dev.slipway.version.CommitSha;
import java.net.URI;

/// Port: the version tags and the GitHub Releases of the application repository.
public interface Releases {
  /// Makes the tag at exactly this commit, unless there is one of that name.
  Claim claim(String tagName, CommitSha commit);

  /// Brings the page of a tag that exists to what it is to say: published, completed, or left alone
  /// when it says that already. There is never a second one.
  Page publish(Publication publication);

  /// What became of a claim.
  sealed interface Claim {
    /// The tag was made.
    record Made() implements Claim {}

    /// Somebody made the same tag at the same commit.
    record Present() implements Claim {}

    /// Somebody made the tag at another commit.
    record LostTo(CommitSha commit) implements Claim {}
  }

  /// What a release page is to say.
  ///
  /// @param preRelease whether it is marked as not ready for production
  /// @param latest whether it is marked as the repository's latest
  record Publication(
      String title, CommitSha commit, Changelog notes, boolean preRelease, boolean latest) {}

  /// The page of a release.
  record Page(URI url, Operation operation) {}

  /// What was done to a page.
  enum Operation {
    CREATED,
    COMPLETED,
    NONE
  }
}
