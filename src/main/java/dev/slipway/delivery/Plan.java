package dev.slipway.delivery;

import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageReference;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Tag;
import dev.slipway.version.CommitSha;
import dev.slipway.version.ResolvedVersion;
import java.util.List;
import java.util.Optional;

/// Everything that is going to be done, decided before anything is done.
///
/// @param version empty when no template asks for it
/// @param tags the image tag first, then the extra tags
/// @param name empty when no repository was given
/// @param digest the image's digest, where it is known before the push
public record Plan(
    CommitSha commit,
    Optional<ResolvedVersion> version,
    List<Tag> tags,
    Optional<ImageName> name,
    Optional<Digest> digest,
    Optional<Push> push,
    Optional<GitOps> gitOps) {

  /// The image's reference with its first tag.
  public Optional<ImageReference> image() {
    return name.map(known -> known.tagged(tags.getFirst()));
  }

  Plan with(Optional<GitOps> change) {
    return new Plan(commit, version, tags, name, digest, push, change);
  }

  /// What placeholders stand for once the digest is known.
  PlaceholderValues values(RunContext run, Optional<Digest> known) {
    return new PlaceholderValues(run, version, name, Optional.of(tags.getFirst()), known);
  }

  /// The image to push.
  public record Push(ImageSource source, ImageArchives.Summary summary) {}

  /// The change of the GitOps repository.
  ///
  /// @param headBranch of the pull request; empty: the commit goes to the base branch itself
  /// @param changes every file that was asked for, also those that stay as they are; exact when the
  ///   digest is known or no template asks for it
  public record GitOps(
      RepositoryName repository,
      GitOpsRepository.Snapshot base,
      Optional<String> headBranch,
      List<FileChange> changes) {

    /// Whether anything differs.
    public boolean changesAnything() {
      return changes.stream().anyMatch(FileChange::changes);
    }
  }
}
