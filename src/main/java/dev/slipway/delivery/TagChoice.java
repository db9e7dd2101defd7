package dev.slipway.delivery;

import dev.slipway.image.ImageName;
import dev.slipway.image.Tag;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problems;
import dev.slipway.template.Reference;
import dev.slipway.template.Template;
import dev.slipway.version.ResolvedVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Works out the tags of one component.
///
/// @param releasing whether the run makes releases
record TagChoice(
    RunContext run,
    Optional<ResolvedVersion> version,
    boolean releasing,
    Inputs.Component component,
    Optional<ImageName> name) {

  /// The image tag first, then the extra tags, none of them twice.
  ///
  /// @throws ActionException with every template that gives no legal tag
  List<Tag> tags() {
    Problems problems = new Problems();
    List<Tag> tags = new ArrayList<>();
    problems.attempt(() -> tag("tag", component.tag())).ifPresent(tags::add);
    MovingTags moving = moving();
    component.extraTags().stream()
        .filter(template -> moving.whyNot(template).isEmpty())
        .forEach(
            template -> problems.attempt(() -> tag("extra-tags", template)).ifPresent(tags::add));
    problems.throwIfAny();
    return tags.stream().distinct().toList();
  }

  /// The extra tags that the image does not get.
  List<Plan.SkippedTag> skipped() {
    MovingTags moving = moving();
    return component.extraTags().stream()
        .flatMap(template ->
            moving
                .whyNot(template)
                .map(why -> new Plan.SkippedTag(component.name(), template, why))
                .stream())
        .toList();
  }

  private MovingTags moving() {
    return new MovingTags(releasing || MovingTags.isOfTheVersion(component.tag()), version);
  }

  private Tag tag(String input, Template template) {
    String text = template.expand(this::value);
    try {
      return new Tag(text);
    } catch (IllegalArgumentException e) {
      throw ActionException.refused(
          "`%s` does not give a legal image tag".formatted(input),
          e,
          "change the template `%s`; {sha:N} and {version} are always legal".formatted(template));
    }
  }

  private String value(Reference reference) {
    return switch (reference.placeholder()) {
      // What a branch name holds beyond the tag grammar becomes a dash.
      case BRANCH -> run.branch().replaceAll("[^A-Za-z0-9._-]+", "-");
      case TAG, IMAGE, DIGEST ->
          throw PlaceholderValues.noValue(reference, "it is not known before the tag is");
      case REGISTRY,
          REPOSITORY,
          VERSION,
          MAJOR,
          MINOR,
          PATCH,
          TAG_NAME,
          SHA,
          COMPONENT,
          RUN_ID,
          RUN_NUMBER ->
          untagged().value(reference);
    };
  }

  private PlaceholderValues untagged() {
    PlannedImage image =
        new PlannedImage(component.name(), List.of(), name, component.digest(), Optional.empty());
    return new PlaceholderValues(run, version, List.of(image));
  }
}
