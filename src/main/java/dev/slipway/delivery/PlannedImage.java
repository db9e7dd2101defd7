package dev.slipway.delivery;

import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageReference;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Tag;
import java.util.List;
import java.util.Optional;

/// An image of the run, with everything decided.
///
/// @param component its name where the run has several; empty: the only one
/// @param tags the image tag first, then the extra tags
/// @param name empty when no repository was given
/// @param digest where it is known: given, read from the archive, or brought out by the push
/// @param push empty when an earlier step pushed it
public record PlannedImage(
    Optional<String> component,
    List<Tag> tags,
    Optional<ImageName> name,
    Optional<Digest> digest,
    Optional<Push> push) {
  public PlannedImage {
    tags = List.copyOf(tags);
  }

  /// Stands for a digest that only the push brings out, so that an edit can be tried before it.
  public static final Digest NOT_YET_KNOWN = new Digest("sha256:" + "0".repeat(64));

  /// What is to be pushed.
  ///
  /// @param readiness of the repository that it goes to
  public record Push(
      ImageSource source, ImageArchives.Summary summary, ImageRegistry.Readiness readiness) {

    /// Whether the repository is made first.
    public boolean createsRepository() {
      return readiness == ImageRegistry.Readiness.TO_BE_CREATED;
    }
  }

  /// The image tag: the first one.
  public Tag tag() {
    return tags.getFirst();
  }

  /// The image's reference with its first tag.
  public Optional<ImageReference> reference() {
    return name.map(known -> known.tagged(tag()));
  }

  PlannedImage with(Digest known) {
    return new PlannedImage(component, tags, name, Optional.of(known), push);
  }

  /// The same with a stand-in where only the push brings the digest out.
  PlannedImage onTrial() {
    return push.isPresent() && digest.isEmpty() ? with(NOT_YET_KNOWN) : this;
  }
}
