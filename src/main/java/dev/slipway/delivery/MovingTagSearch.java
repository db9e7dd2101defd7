package dev.slipway.delivery;

import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.template.Template;
import java.util.Optional;

/// Finds the delivery before the one that a tag without a version or commit in it, such as
/// `latest`, stands for.
record MovingTagSearch(Timeline timeline, ImageRegistry registry, TaggedImages images) {
  /// Each look is a request, and not every commit has an image.
  private static final int MOST_LOOKS = 100;

  /// Empty where there is no such tag, or nothing before it.
  ///
  /// @param guide the component whose tags show the way
  Optional<WayBack> previous(Inputs.Component guide) {
    Optional<Template> moving = guide.templates().filter(TaggedImages::isFixed).findFirst();
    Optional<Template> naming = guide.templates().filter(TaggedImages::tells).findFirst();
    return moving.isEmpty() || naming.isEmpty()
        ? Optional.empty()
        : images.name(guide).flatMap(name -> previous(guide, name, moving.get(), naming.get()));
  }

  private Optional<WayBack> previous(
      Inputs.Component guide, ImageName name, Template moving, Template naming) {
    return registry
        .find(name, TaggedImages.fixed(guide, moving))
        .flatMap(current -> before(current, naming, guide, name))
        .map(found ->
            WayBack.to(
                images.record(timeline.known(found.point())),
                Optional.of(images.record(timeline.known(found.left())).label()),
                "its image is the one before what `%s` stands for; whether it ran well, nobody noted"
                    .formatted(moving)));
  }

  /// @param left what the moving tag stands for
  private record Found(Timeline.Point point, Timeline.Point left) {}

  private Optional<Found> before(
      Digest current, Template naming, Inputs.Component guide, ImageName name) {
    Optional<Timeline.Point> left = Optional.empty();
    for (Timeline.Point point : timeline.points(naming).limit(MOST_LOOKS).toList()) {
      Optional<Digest> digest = registry.find(name, images.tag(guide, point, naming));
      if (digest.equals(Optional.of(current))) {
        left = left.or(() -> Optional.of(point));
      } else if (digest.isPresent() && left.isPresent()) {
        return Optional.of(new Found(point, left.get()));
      }
    }
    return Optional.empty();
  }
}
