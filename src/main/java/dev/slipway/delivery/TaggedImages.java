package dev.slipway.delivery;

import dev.slipway.delivery.DeliveryRecord.Image;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.Tag;
import dev.slipway.problem.ActionException;
import dev.slipway.template.Placeholder;
import dev.slipway.template.Template;
import dev.slipway.version.ResolvedVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The images of earlier points as today's templates call them.
record TaggedImages(ImageRegistry registry, Inputs inputs, RunContext run) {
  private static final Set<Placeholder> TELLING =
      Set.of(Placeholder.VERSION, Placeholder.PATCH, Placeholder.TAG_NAME, Placeholder.SHA);

  /// Whether it says nothing about version or commit, as `latest` does.
  static boolean isFixed(Template template) {
    return template
        .references()
        .allMatch(reference -> reference.placeholder() == Placeholder.COMPONENT);
  }

  /// Whether a tag that it made tells which version or commit it is of.
  static boolean tells(Template template) {
    return TELLING.stream().anyMatch(template::uses) && !isOfARun(template);
  }

  /// Whether only the run that delivered knew the tag.
  private static boolean isOfARun(Template template) {
    return template.uses(Placeholder.RUN_ID) || template.uses(Placeholder.RUN_NUMBER);
  }

  static Tag fixed(Inputs.Component component, Template template) {
    return new Tag(template.expand(_ -> component.name().orElse("")));
  }

  /// The further tags of that kind.
  static Stream<Tag> fixed(Inputs.Component component) {
    return component.extraTags().stream()
        .filter(TaggedImages::isFixed)
        .map(template -> fixed(component, template));
  }

  /// What a delivery of `point` would have brought.
  ///
  /// @throws ActionException when no tag tells which image that was
  DeliveryRecord record(Timeline.Point point) {
    return new DeliveryRecord(
        point.commit(),
        point.version().map(ResolvedVersion::text),
        inputs.components().stream().map(component -> told(component, point)).toList(),
        List.of(),
        Optional.empty());
  }

  /// The image, by another tag and its digest where the first tag stands for another image by now.
  private Image told(Inputs.Component component, Timeline.Point point) {
    Image image = at(component, point);
    return tells(component.tag()) || image.name().isEmpty()
        ? image
        : component
            .templates()
            .filter(TaggedImages::tells)
            .map(template -> tag(component, point, template))
            .flatMap(tag -> told(image, component, tag).stream())
            .findFirst()
            .orElseThrow(() -> untold(component, point));
  }

  private Optional<Image> told(Image image, Inputs.Component component, Tag tag) {
    Stream<Tag> tags =
        isOfARun(component.tag())
            ? Stream.concat(Stream.of(tag), image.tags().stream().skip(1)).distinct()
            : image.tags().stream();
    return registry
        .find(image.name().orElseThrow(), tag)
        .map(digest ->
            new Image(image.component(), image.name(), tags.toList(), Optional.of(digest)));
  }

  private static ActionException untold(Inputs.Component component, Timeline.Point point) {
    return new ActionException(
        "The image of %s is not known".formatted(point.commit().shortened(7)),
        "`%s` does not tell the images of two commits apart, and no image has a tag of `extra-tags` that does"
            .formatted(component.tag()),
        "Write the very tag of the image into `rollback-to`; add `{sha}` to `extra-tags`, or set `deployment-environment`, for the next time");
  }

  /// The image with all its tags of then.
  Image at(Inputs.Component component, Timeline.Point point) {
    return new Image(
        component.name(),
        name(component),
        tags(component, point, point.version().map(ResolvedVersion::leading)),
        Optional.empty());
  }

  /// What one template made of `point`.
  Tag tag(Inputs.Component component, Timeline.Point point, Template template) {
    Inputs.Component alone =
        new Inputs.Component(
            component.name(),
            component.repository(),
            Optional.empty(),
            Optional.empty(),
            template,
            List.of());
    return tags(alone, point, point.version()).getFirst();
  }

  private List<Tag> tags(
      Inputs.Component component, Timeline.Point point, Optional<ResolvedVersion> version) {
    return new TagChoice(
            run.delivering(point.commit()), version, false, lasting(component), name(component))
        .tags();
  }

  /// Without the further tags that only the run of then could name.
  private static Inputs.Component lasting(Inputs.Component component) {
    return new Inputs.Component(
        component.name(),
        component.repository(),
        component.source(),
        component.digest(),
        component.tag(),
        component.extraTags().stream().filter(template -> !isOfARun(template)).toList());
  }

  /// An image with a tag of its own, and with those that follow it.
  Image of(Inputs.Component component, Tag tag, Optional<Digest> digest) {
    return new Image(
        component.name(),
        name(component),
        Stream.concat(Stream.of(tag), fixed(component)).distinct().toList(),
        digest);
  }

  Optional<ImageName> name(Inputs.Component component) {
    return inputs.registry().isEmpty()
        ? Optional.empty()
        : component.repository().map(registry::name);
  }
}
