package dev.slipway.delivery;

import dev.slipway.delivery.DeliveryRecord.Image;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageReferenceText;
import dev.slipway.image.Tag;
import dev.slipway.problem.ActionException;
import dev.slipway.template.Placeholder;
import dev.slipway.template.Template;
import dev.slipway.version.ResolvedVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds an earlier delivery by what its images are called: the tags that an earlier commit, or an
/// earlier version, got by the same templates.
final class TagSearch {
  /// Each look is a request, and not every commit has an image.
  private static final int MOST_LOOKS = 100;

  private final Timeline timeline;
  private final ImageRegistry registry;
  private final Inputs inputs;
  private final RunContext run;

  TagSearch(ApplicationRepository home, ImageRegistry registry, Inputs inputs, RunContext run) {
    this.timeline = new Timeline(home, inputs, run);
    this.registry = registry;
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
            .map(this::record)
            .or(() -> literally(name))
            .orElseThrow(() -> unknown(name));
    return wayBack(to, Optional.empty(), "`rollback-to` names it");
  }

  /// The delivery of these images with the further tags that each of them had: a tag such as
  /// `latest` is to stand for it again.
  DeliveryRecord completed(DeliveryRecord delivery) {
    return delivery.with(delivery.images().stream().map(this::completed).toList());
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
        component.extraTags().stream().allMatch(TagSearch::isFixed)
            ? fixed(component)
            : timeline
                .point(tag.value())
                .map(point -> image(component, point).tags().stream())
                .orElseGet(() -> fixed(component));
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
          .filter(component -> name(component).equals(Optional.of(text.name())))
          .findFirst()
          .map(component -> image(component, text.tag(), text.digest()));
    } catch (IllegalArgumentException _) {
      // Whoever wrote that definition, did not write it for an image of ours.
      return Optional.empty();
    }
  }

  private Optional<Timeline.Point> sought(String tag) {
    try {
      return timeline.point(tag);
    } catch (ActionException _) {
      // It is only said: the definition alone leads back.
      return Optional.empty();
    }
  }

  /// The delivery before the one that a tag without a version or commit in it, such as `latest`,
  /// stands for; empty where there is no such tag, or nothing before it.
  Optional<WayBack> previous() {
    Inputs.Component guide = inputs.components().getFirst();
    Optional<Template> moving = guide.templates().filter(TagSearch::isFixed).findFirst();
    Optional<Template> naming = guide.templates().filter(TagSearch::names).findFirst();
    if (inputs.registry().isEmpty()
        || guide.repository().isEmpty()
        || moving.isEmpty()
        || naming.isEmpty()) {
      return Optional.empty();
    }
    ImageName name = registry.name(guide.repository().get());
    return registry
        .find(name, fixed(guide, moving.get()))
        .flatMap(current -> before(current, naming.get(), guide, name))
        .map(found ->
            wayBack(
                record(found.point()),
                Optional.of(record(found.left()).label()),
                "its image is the one before what `%s` stands for; whether it ran well, nobody noted"
                    .formatted(moving.get())));
  }

  /// @param left what the moving tag stands for
  private record Found(Timeline.Point point, Timeline.Point left) {}

  private Optional<Found> before(
      Digest current, Template naming, Inputs.Component guide, ImageName name) {
    Optional<Timeline.Point> left = Optional.empty();
    for (Timeline.Point point : timeline.points(naming).limit(MOST_LOOKS).toList()) {
      Optional<Digest> digest =
          registry.find(name, tags(guide, point, Optional.of(name), naming).getFirst());
      if (digest.equals(Optional.of(current))) {
        left = left.or(() -> Optional.of(point));
      } else if (digest.isPresent() && left.isPresent()) {
        return Optional.of(new Found(point, left.get()));
      }
    }
    return Optional.empty();
  }

  private static boolean isFixed(Template template) {
    return template
        .references()
        .allMatch(reference -> reference.placeholder() == Placeholder.COMPONENT);
  }

  private static Tag fixed(Inputs.Component component, Template template) {
    return new Tag(template.expand(_ -> component.name().orElse("")));
  }

  private static Stream<Tag> fixed(Inputs.Component component) {
    return component.extraTags().stream()
        .filter(TagSearch::isFixed)
        .map(template -> fixed(component, template));
  }

  private static boolean names(Template template) {
    return MovingTags.isOfTheVersion(template) || template.uses(Placeholder.SHA);
  }

  private DeliveryRecord record(Timeline.Point point) {
    return new DeliveryRecord(
        point.commit(),
        point.version().map(ResolvedVersion::text),
        inputs.components().stream().map(component -> image(component, point)).toList(),
        List.of(),
        Optional.empty());
  }

  private Image image(Inputs.Component component, Timeline.Point point) {
    Optional<ImageName> name = name(component);
    return new Image(
        component.name(),
        name,
        new TagChoice(
                run.delivering(point.commit()),
                point.version().map(ResolvedVersion::leading),
                false,
                component,
                name)
            .tags(),
        Optional.empty());
  }

  private List<Tag> tags(
      Inputs.Component component, Timeline.Point point, Optional<ImageName> name, Template only) {
    Inputs.Component alone =
        new Inputs.Component(
            component.name(),
            component.repository(),
            Optional.empty(),
            Optional.empty(),
            only,
            List.of());
    return new TagChoice(run.delivering(point.commit()), point.version(), false, alone, name)
        .tags();
  }

  private Optional<ImageName> name(Inputs.Component component) {
    return inputs.registry().isEmpty()
        ? Optional.empty()
        : component.repository().map(registry::name);
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
              List.of(image(inputs.components().getFirst(), new Tag(name), Optional.empty())),
              List.of(),
              Optional.empty()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// An image with a tag of its own, and with those that follow it.
  private Image image(Inputs.Component component, Tag tag, Optional<Digest> digest) {
    return new Image(
        component.name(),
        name(component),
        Stream.concat(Stream.of(tag), fixed(component)).distinct().toList(),
        digest);
  }

  private static WayBack wayBack(DeliveryRecord to, Optional<String> from, String why) {
    return new WayBack(
        to, from, why, Optional.empty(), Optional::empty, Optional.empty(), List.of());
  }

  private ActionException unknown(String name) {
    return new ActionException(
        "`rollback-to` names nothing that is known",
        "`%s` is no version tag of %s, no commit of its last ones, and no tag that one of the images could have"
            .formatted(name, run.repository()),
        "Write a version such as `1.2.3`, the beginning of a commit with at least %d digits, or the tag of an image"
            .formatted(Timeline.SHORTEST_COMMIT));
  }
}
