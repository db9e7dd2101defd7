package dev.slipway.delivery;

import dev.slipway.delivery.DeliveryRecord.Image;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.Tag;
import dev.slipway.template.Placeholder;
import dev.slipway.template.Template;
import dev.slipway.version.ResolvedVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The images of earlier points as today's templates call them.
record TaggedImages(ImageRegistry registry, Inputs inputs, RunContext run) {
  /// Whether it says nothing about version or commit, as `latest` does.
  static boolean isFixed(Template template) {
    return template
        .references()
        .allMatch(reference -> reference.placeholder() == Placeholder.COMPONENT);
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
  DeliveryRecord record(Timeline.Point point) {
    return new DeliveryRecord(
        point.commit(),
        point.version().map(ResolvedVersion::text),
        inputs.components().stream().map(component -> at(component, point)).toList(),
        List.of(),
        Optional.empty());
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
    return new TagChoice(run.delivering(point.commit()), version, false, component, name(component))
        .tags();
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
