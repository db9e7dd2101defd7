package dev.slipway.delivery;

import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Tag;
import java.util.List;
import java.util.Optional;

/// Port: the registry that the author chose.
public interface ImageRegistry {
  /// The full name of `repository`. Asks the registry's owner for the host where only it knows
  /// (ECR).
  ImageName name(String repository);

  /// Finds out that a push can succeed: the login is accepted, the repository is there or may be
  /// created. Changes nothing.
  ///
  /// @throws dev.slipway.problem.ActionException when it cannot
  Readiness check(ImageName name);

  /// What has to be done before a repository can be pushed to.
  enum Readiness {
    /// Nothing: it is there, or comes to be as it is pushed to.
    READY,
    /// It is not there, and the push makes it first.
    TO_BE_CREATED
  }

  /// What `tag` stands for now; empty: nothing.
  ///
  /// @throws dev.slipway.problem.ActionException when the registry does not say
  Optional<Digest> find(ImageName name, Tag tag);

  /// Pushes the image and points every tag at it. What is there already is not sent again.
  Pushed push(ImageSource source, ImageName name, List<Tag> tags);

  /// What a push did.
  ///
  /// @param changed whether anything was written: a blob, a manifest or a tag
  /// @param uploadedBytes of blobs, as sent
  record Pushed(
      Digest digest, boolean changed, int uploadedBlobs, int presentBlobs, long uploadedBytes) {}
}
