package dev.slipway.delivery;

import dev.slipway.template.Template;
import dev.slipway.version.CommitSha;
import dev.slipway.version.ReleaseDecision;
import dev.slipway.version.ResolvedVersion;
import java.util.List;
import java.util.Optional;

/// Everything that is going to be done, decided before anything is done.
///
/// @param version empty when nothing asks for it
/// @param release empty when no release is asked for
/// @param images in the order in which they are pushed; none when the run is superseded
/// @param skippedTags extra tags that no image gets
/// @param rollback empty: the plan leads forward
public record Plan(
    CommitSha commit,
    Optional<ResolvedVersion> version,
    Optional<PlannedRelease> release,
    List<PlannedImage> images,
    List<SkippedTag> skippedTags,
    Optional<GitOps> gitOps,
    Optional<EcsCluster.Service> ecs,
    Optional<RemoteScripts.Script> script,
    Optional<PlannedRollback> rollback) {
  public Plan {
    images = List.copyOf(images);
    skippedTags = List.copyOf(skippedTags);
  }

  /// The image, where the run has only one.
  public Optional<PlannedImage> onlyImage() {
    return images.size() == 1 ? Optional.of(images.getFirst()) : Optional.empty();
  }

  /// The image that a service's container gets: the only one, or the component of the container's
  /// name.
  Optional<PlannedImage> imageOf(Inputs.EcsService service) {
    return onlyImage()
        .or(() ->
            images.stream()
                .filter(image -> image.component().equals(service.container()))
                .findFirst());
  }

  /// The same plan with what the push brought out.
  public Plan with(List<PlannedImage> known) {
    return new Plan(commit, version, release, known, skippedTags, gitOps, ecs, script, rollback);
  }

  Plan with(Optional<GitOps> change, Optional<EcsCluster.Service> service) {
    return new Plan(
        commit, version, release, images, skippedTags, change, service, script, rollback);
  }

  /// The newer release that makes this run unnecessary.
  public Optional<ReleaseDecision.Superseded> superseded() {
    return release
        .map(PlannedRelease::decision)
        .filter(ReleaseDecision.Superseded.class::isInstance)
        .map(ReleaseDecision.Superseded.class::cast);
  }

  /// Whether the commit is a release already. What an earlier run left undone of it is made up for,
  /// whatever has been delivered since.
  boolean continuesRelease() {
    return release.map(PlannedRelease::decision).stream()
        .anyMatch(ReleaseDecision.Reuse.class::isInstance);
  }

  /// What placeholders stand for.
  PlaceholderValues values(RunContext run) {
    return new PlaceholderValues(run, version, images);
  }

  /// An extra tag that the image does not get, because it would move backwards.
  ///
  /// @param component whose; empty: the only image's
  public record SkippedTag(Optional<String> component, Template template, String why) {}

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

    /// The change that is wanted, of the repository as it is.
    static GitOps of(
        RunContext run,
        Inputs.GitOps wanted,
        GitOpsRepository.Snapshot base,
        PlaceholderValues values) {
      return new GitOps(
          wanted.repository(),
          base,
          headBranch(run, wanted, base.branch()),
          new FileChanges(wanted, base, values).all());
    }

    private static Optional<String> headBranch(RunContext run, Inputs.GitOps wanted, String base) {
      return switch (wanted.delivery()) {
        case PULL_REQUEST -> Optional.of(DeliveryText.headBranch(run, wanted, base));
        case COMMIT -> Optional.empty();
      };
    }

    /// Whether anything differs.
    public boolean changesAnything() {
      return changes.stream().anyMatch(FileChange::changes);
    }
  }
}
