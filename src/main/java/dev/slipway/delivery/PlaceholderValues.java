package dev.slipway.delivery;

import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.Tag;
import dev.slipway.problem.ActionException;
import dev.slipway.template.Placeholder;
import dev.slipway.template.Template;
import dev.slipway.version.GitTag;
import dev.slipway.version.ResolvedVersion;
import dev.slipway.version.SemanticVersion;
import java.util.Optional;
import java.util.function.Function;

/// What each placeholder stands for in this run, as far as it is known.
record PlaceholderValues(
    RunContext run,
    Optional<ResolvedVersion> version,
    Optional<ImageName> name,
    Optional<Tag> tag,
    Optional<Digest> digest) {

  /// The text of `template`.
  ///
  /// @throws ActionException when a placeholder has no value in this run
  String expand(Template template) {
    return template.expand(this::of);
  }

  /// The text of a tag template: what a branch name holds beyond the tag grammar becomes `-`.
  ///
  /// @throws ActionException when a placeholder has no value in this run
  String expandTag(Template template) {
    return template.expand(placeholder ->
        placeholder == Placeholder.BRANCH
            ? run.branch().replaceAll("[^A-Za-z0-9._-]+", "-")
            : of(placeholder));
  }

  private String of(Placeholder placeholder) {
    return switch (placeholder) {
      case REGISTRY -> known(placeholder, name.map(ImageName::registry));
      case REPOSITORY -> known(placeholder, name.map(ImageName::repository));
      case IMAGE -> known(placeholder, name.flatMap(known -> tag.map(known::tagged)));
      case TAG -> known(placeholder, tag);
      case DIGEST -> known(placeholder, digest);
      case VERSION -> known(placeholder, version.map(ResolvedVersion::text));
      case MAJOR -> core(placeholder, SemanticVersion::major);
      case MINOR -> core(placeholder, SemanticVersion::minor);
      case PATCH -> core(placeholder, SemanticVersion::patch);
      case TAG_NAME -> known(placeholder, version.flatMap(ResolvedVersion::tag).map(GitTag::name));
      case SHA -> run.commit().value();
      case BRANCH -> run.branch();
      case RUN_ID -> run.runId();
      case RUN_NUMBER -> run.runNumber();
    };
  }

  private String core(Placeholder placeholder, Function<SemanticVersion, Integer> part) {
    return known(placeholder, version.map(ResolvedVersion::base).map(part));
  }

  private static String known(Placeholder placeholder, Optional<?> value) {
    return value
        .map(Object::toString)
        .orElseThrow(() ->
            new ActionException(
                "`{%s}` has no value here".formatted(placeholder.text()),
                reason(placeholder),
                "set what it needs, or leave the placeholder out"));
  }

  private static String reason(Placeholder placeholder) {
    return switch (placeholder) {
      case REGISTRY, REPOSITORY -> "it needs the inputs `registry` and `repository`";
      case IMAGE -> "it needs the inputs `registry` and `repository`, and is not known in a tag";
      case TAG -> "a tag cannot be made of itself";
      case DIGEST -> "it needs the input `image` or `image-digest`, and is not known in a tag";
      case TAG_NAME -> "the commit carries no version tag";
      case VERSION, MAJOR, MINOR, PATCH, SHA, BRANCH, RUN_ID, RUN_NUMBER ->
          "nothing of this run says it";
    };
  }
}
