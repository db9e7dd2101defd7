package dev.slipway.delivery;

import dev.slipway.version.CommitSha;
import dev.slipway.version.ResolvedVersion;
import java.util.List;
import java.util.Optional;

/// Everything that is going to be done, decided before anything is done.
///
/// @param version empty when no template asks for it
/// @param images at least one, in the order in which they are pushed
public record Plan(
    CommitSha commit,
    Optional<ResolvedVersion> version,
    List<PlannedImage> images,
    Optional<GitOps> gitOps) {
  public Plan {
    images = List.copyOf(images);
  }

  /// The image, where the run has only one.
  public Optional<PlannedImage> onlyImage() {
    return images.size() == 1 ? Optional.of(images.getFirst()) : Optional.empty();
  }

  /// The same plan with what the push brought out.
  public Plan with(List<PlannedImage> known) {
    return new Plan(commit, version, known, gitOps);
  }

  Plan with(Optional<GitOps> change) {
    return new Plan(commit, version, images, change);
  }

  /// What placeholders stand for.
  PlaceholderValues values(RunContext run) {
    return new PlaceholderValues(run, version, images);
  }

  /// The change of the GitOps repository.
  ///
  /// @param headBranch of the pull request; empty: the commit goes to the base branch itself
  /// @param changes every file that was asked for, also those that stay as they are; exact when the
  ///   digests are known or no template asks for them
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
