package dev.slipway.runner.report;

import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.delivery.PlannedImage;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Platform;
import dev.slipway.image.Tag;
import java.util.Optional;
import java.util.stream.Collectors;

/// Images in one line of prose.
final class ImageText {
  private ImageText() {}

  static String of(Summary summary) {
    String platforms =
        summary.platforms().stream().map(Platform::toString).collect(Collectors.joining(" and "));
    return "%s, %s, %s, %s"
        .formatted(
            summary.format(),
            platforms.isEmpty() ? "no platform named" : platforms,
            Sizes.counted(summary.layers(), "layer"),
            Sizes.bytes(summary.bytes()));
  }

  static String blobs(Pushed pushed) {
    return "%d sent (%s), %d there already"
        .formatted(
            pushed.uploadedBlobs(), Sizes.bytes(pushed.uploadedBytes()), pushed.presentBlobs());
  }

  /// Whether the repository has it already under a name, so that only tags move.
  static boolean isThere(PlannedImage image) {
    return image.push().map(PlannedImage.Push::source).stream()
        .anyMatch(source ->
            source instanceof ImageSource.InRegistry there
                && image.name().equals(Optional.of(there.name())));
  }

  /// What a push came to, as the end of a sentence about the image.
  static String end(PlannedImage image, Pushed pushed) {
    if (!pushed.changed()) {
      return " was there already.";
    }
    return isThere(image) ? " was there already; its tags point at it now." : " is pushed.";
  }

  static String tags(PlannedImage image) {
    return image.tags().stream().map(Tag::value).collect(Collectors.joining(", "));
  }

  /// Where it lives, or, where no repository was given, the name of its component.
  static String nameOf(PlannedImage image) {
    return image.name().map(Object::toString).or(image::component).orElse("an unnamed repository");
  }
}
