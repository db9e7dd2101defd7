package dev.slipway.delivery;

import dev.slipway.delivery.DeliveryRecord.Image;
import dev.slipway.image.ImageReferenceText;
import dev.slipway.image.Tag;
import dev.slipway.problem.ActionException;
import dev.slipway.version.ResolvedVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds an earlier delivery by what its images are called: the tags that an earlier commit, or an
/// earlier version, got by the same templates.
final class TagSearch {
  private final Timeline timeline;
  private final ImageRegistry registry;
  private final TaggedImages images;
  private final Inputs inputs;
  private final RunContext run;

  TagSearch(ApplicationRepository home, ImageRegistry registry, Inputs inputs, RunContext run) {
    this.timeline = new Timeline(home, inputs, run);
    this.registry = registry;
    this.images = new TaggedImages(registry, inputs, run);
    this.inputs = inputs;
    this.run = run;
  }

  /// The delivery that `name` means: a version or its git tag, a commit, or an image tag.
  ///
  /// @throws ActionException when it means none
  WayBack named(String name) {
    DeliveryRecord to =
        timeline
            .point(name)
            .map(images::record)
            .or(() -> literally(name))
            .orElseThrow(() -> unknown(name));
    return WayBack.to(to, Optional.empty(), "`rollback-to` names it");
  }

  /// A tag that says nothing about the commit, and that one image can have.
  private Optional<DeliveryRecord> literally(String name) {
    if (inputs.components().size() != 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new DeliveryRecord(
              run.commit(),
              Optional.empty(),
              List.of(images.of(inputs.components().getFirst(), new Tag(name), Optional.empty())),
              List.of(),
              Optional.empty()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private ActionException unknown(String name) {
    return new ActionException(
        "`rollback-to` names nothing that is known",
        "`%s` is no version tag of %s, no commit of its last ones, and no tag that one of the images could have"
            .formatted(name, run.repository()),
        "Write a version such as `1.2.3`, the beginning of a commit with at least %d digits, or the tag of an image"
            .formatted(Timeline.SHORTEST_COMMIT));
  }

  /// The delivery of these images with the further tags that each of them had: a tag such as
  /// `latest` is to stand for it again.
  DeliveryRecord completed(DeliveryRecord delivery) {
    return delivery.images().isEmpty()
        ? delivery
            .version()
            .flatMap(timeline::point)
            // What was there before Slipway's first delivery may be the image of another registry.
            .filter(point -> point.commit().equals(delivery.commit()))
            .map(point -> delivery.with(images.record(point).images()))
            .orElse(delivery)
        : delivery.with(delivery.images().stream().map(this::completed).toList());
  }

  private Image completed(Image image) {
    return inputs.components().stream()
        .filter(component -> component.name().equals(image.component()))
        .findFirst()
        .map(component -> image.with(tags(image.tags().getFirst(), component)))
        .orElse(image);
  }

  private List<Tag> tags(Tag tag, Inputs.Component component) {
    Stream<Tag> further =
        component.extraTags().stream().allMatch(TaggedImages::isFixed)
            ? TaggedImages.fixed(component)
            : timeline
                .point(tag.value())
                .map(point -> images.at(component, point).tags().stream().skip(1))
                .orElseGet(() -> TaggedImages.fixed(component));
    return Stream.concat(Stream.of(tag), further).distinct().toList();
  }

  /// The delivery of what a service runs, as far as its image says which.
  ///
  /// @param image as the definition says it; empty: it has none
  DeliveryRecord delivery(Optional<String> image, String taskDefinition) {
    Optional<Image> ours = image.flatMap(this::ours);
    Optional<Timeline.Point> point = ours.flatMap(known -> sought(known.tags().getFirst().value()));
    return new DeliveryRecord(
        point.map(Timeline.Point::commit).orElseGet(run::commit),
        point.flatMap(Timeline.Point::version).map(ResolvedVersion::text),
        ours.stream().toList(),
        List.of(),
        Optional.of(taskDefinition));
  }

  /// The image as one of ours; empty where it is none.
  private Optional<Image> ours(String reference) {
    try {
      ImageReferenceText text = ImageReferenceText.parse(reference);
      return inputs.components().stream()
          .filter(this::isTheServices)
          .filter(component -> images.name(component).equals(Optional.of(text.name())))
          .findFirst()
          .map(component -> images.of(component, text.tag(), text.digest()));
    } catch (IllegalArgumentException _) {
      // Whoever wrote that definition, did not write it for an image of ours.
      return Optional.empty();
    }
  }

  /// Components may share a repository, so it does not tell them apart.
  private boolean isTheServices(Inputs.Component component) {
    return inputs.components().size() == 1
        || component.name().equals(inputs.ecs().flatMap(Inputs.EcsService::container));
  }

  private Optional<Timeline.Point> sought(String tag) {
    try {
      return timeline.point(tag);
    } catch (ActionException _) {
      // It is only said: the definition alone leads back.
      return Optional.empty();
    }
  }

  /// The delivery before the one that a tag such as `latest` stands for; empty where there is no
  /// such tag, or nothing before it.
  Optional<WayBack> previous() {
    return new MovingTagSearch(timeline, registry, images).previous(inputs.components().getFirst());
  }
}
