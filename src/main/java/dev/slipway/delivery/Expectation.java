package dev.slipway.delivery;

import dev.slipway.image.Digest;
import dev.slipway.image.ImageReference;
import dev.slipway.version.CommitSha;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What must be true for a GitOps delivery to be live.
///
/// @param images an application that names one must run it; one that names none is accepted once
///   the others run them all; empty: images are not looked at
/// @param applications at least one
/// @param sync whether to start the sync where auto-sync is off
/// @param limit how long to wait for all of it
public record Expectation(
    Delivered delivered,
    List<Image> images,
    List<ApplicationName> applications,
    boolean sync,
    Duration limit) {
  public Expectation {
    images = List.copyOf(images);
    applications = List.copyOf(applications);
    if (applications.isEmpty()) {
      throw new IllegalArgumentException("no application to wait for");
    }
  }

  /// What was written, and where.
  ///
  /// @param host the Git host, e.g. `github.com`
  /// @param branch the base branch
  /// @param commit the commit on the base branch, after a merge the merge commit
  /// @param changes what the commit says
  public record Delivered(
      String host,
      RepositoryName repository,
      String branch,
      CommitSha commit,
      List<FileChange> changes) {
    public Delivered {
      changes = List.copyOf(changes);
    }
  }

  /// An image that must run. Where both sides name a digest, the digest decides; otherwise the tag.
  public record Image(ImageReference reference, Optional<Digest> digest) {
    @Override
    public String toString() {
      return reference.toString();
    }
  }
}
