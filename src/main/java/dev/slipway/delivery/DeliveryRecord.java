package dev.slipway.delivery;

import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageReference;
import dev.slipway.image.Tag;
import dev.slipway.values.KeyPath;
import dev.slipway.version.CommitSha;
import java.util.List;
import java.util.Optional;

/// What a delivery brought where: enough to return to it.
///
/// @param commit of the application repository
/// @param version its text, e.g. `1.2.3`; empty: the delivery asked for none
/// @param images one for each component
/// @param values what was written to the GitOps repository; none: it was left alone
/// @param taskDefinition ARN of what the ECS service was moved to; empty: none was
public record DeliveryRecord(
    CommitSha commit,
    Optional<String> version,
    List<Image> images,
    List<Value> values,
    Optional<String> taskDefinition) {
  private static final int SHORTEST_COMMIT = 7;

  public DeliveryRecord {
    images = List.copyOf(images);
    values = List.copyOf(values);
  }

  /// An image that was delivered.
  ///
  /// @param component empty: the only one
  /// @param name empty: nobody said where it is
  /// @param tags the image tag first
  /// @param digest empty: not known
  public record Image(
      Optional<String> component,
      Optional<ImageName> name,
      List<Tag> tags,
      Optional<Digest> digest) {
    public Image {
      tags = List.copyOf(tags);
    }

    Image with(List<Tag> known) {
      return new Image(component, name, known, digest);
    }

    static Image of(PlannedImage image) {
      return new Image(image.component(), image.name(), image.tags(), image.digest());
    }

    /// The image's reference with its first tag.
    public Optional<ImageReference> reference() {
      return name.map(known -> known.tagged(tags.getFirst()));
    }
  }

  /// A value in a file of the GitOps repository.
  public record Value(String file, KeyPath key, String text) {}

  /// The same with a task definition, unless it names one.
  DeliveryRecord running(Optional<String> definition) {
    return new DeliveryRecord(commit, version, images, values, taskDefinition.or(() -> definition));
  }

  /// The same with more known about its images.
  DeliveryRecord with(List<Image> known) {
    return new DeliveryRecord(commit, version, known, values, taskDefinition);
  }

  /// Whether it brings the same contents to the same places, from whichever commit.
  boolean isSame(DeliveryRecord other) {
    return values.equals(other.values)
        && contents().equals(other.contents())
        && (taskDefinition.isEmpty()
            || other.taskDefinition.isEmpty()
            || taskDefinition.equals(other.taskDefinition));
  }

  private List<String> contents() {
    return images.stream()
        .map(image ->
            image.component().orElse("")
                + " "
                + image
                    .digest()
                    .map(Digest::value)
                    .orElseGet(() -> image.tags().getFirst().value()))
        .toList();
  }

  /// Whether people call it that: by version, image tag, or the beginning of its commit.
  boolean answersTo(String name) {
    return version.filter(known -> name.equals(known) || name.equals("v" + known)).isPresent()
        || images.stream()
            .flatMap(image -> image.tags().stream())
            .anyMatch(tag -> tag.value().equals(name))
        || (name.length() >= SHORTEST_COMMIT && commit.value().startsWith(name));
  }

  /// What people call it: the version, else the image's tag, else the commit.
  public String label() {
    return version
        .or(() -> images.size() == 1 ? firstTag() : Optional.empty())
        .orElseGet(() -> commit.shortened(7));
  }

  private Optional<String> firstTag() {
    return Optional.of(images.getFirst().tags().getFirst().value());
  }
}
