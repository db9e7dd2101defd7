package dev.slipway.delivery;

import dev.slipway.image.ImageName;
import dev.slipway.problem.ActionException;
import dev.slipway.template.Reference;
import dev.slipway.template.Template;
import dev.slipway.version.GitTag;
import dev.slipway.version.ResolvedVersion;
import dev.slipway.version.SemanticVersion;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What each placeholder stands for in this run, once the tags are decided.
record PlaceholderValues(
    RunContext run, Optional<ResolvedVersion> version, List<PlannedImage> images) {

  /// The text of `template`.
  ///
  /// @throws ActionException when a placeholder has no value in this run
  String expand(Template template) {
    return template.expand(this::value);
  }

  /// What `reference` stands for.
  ///
  /// @throws ActionException when it has no value in this run
  String value(Reference reference) {
    return switch (reference.placeholder()) {
      case REGISTRY -> known(reference, names(reference).map(ImageName::registry).findFirst());
      case REPOSITORY -> known(reference, image(reference).name().map(ImageName::repository));
      case IMAGE -> known(reference, image(reference).reference());
      case TAG -> known(reference, Optional.of(image(reference).tag()));
      case DIGEST -> known(reference, image(reference).digest());
      case VERSION -> known(reference, version.map(ResolvedVersion::text));
      case MAJOR -> core(reference, SemanticVersion::major);
      case MINOR -> core(reference, SemanticVersion::minor);
      case PATCH -> core(reference, SemanticVersion::patch);
      case TAG_NAME -> known(reference, version.flatMap(ResolvedVersion::tag).map(GitTag::name));
      case COMPONENT -> known(reference, image(reference).component());
      case SHA -> run.commit().value();
      case BRANCH -> run.branch();
      case RUN_ID -> run.runId();
      case RUN_NUMBER -> run.runNumber();
    };
  }

  private Stream<ImageName> names(Reference reference) {
    return matching(reference).flatMap(image -> image.name().stream());
  }

  private Stream<PlannedImage> matching(Reference reference) {
    return images.stream()
        .filter(image ->
            reference.component().isEmpty() || reference.component().equals(image.component()));
  }

  private PlannedImage image(Reference reference) {
    List<PlannedImage> meant = matching(reference).toList();
    if (meant.size() != 1) {
      throw noValue(
          reference,
          meant.isEmpty() ? "no component has that name" : "the run has several components");
    }
    return meant.getFirst();
  }

  private String core(Reference reference, Function<SemanticVersion, Integer> part) {
    return known(reference, version.map(ResolvedVersion::base).map(part));
  }

  private static String known(Reference reference, Optional<?> value) {
    return value.map(Object::toString).orElseThrow(() -> noValue(reference, reason(reference)));
  }

  static ActionException noValue(Reference reference, String why) {
    return new ActionException(
        "`%s` has no value here".formatted(reference),
        why,
        "set what it needs, or leave the placeholder out");
  }

  private static String reason(Reference reference) {
    return switch (reference.placeholder()) {
      case REGISTRY, REPOSITORY, IMAGE -> "it needs the inputs `registry` and `repository`";
      case DIGEST -> "it needs the input `image` or `image-digest`";
      case TAG_NAME -> "the commit carries no version tag";
      case COMPONENT -> "it needs the input `images`";
      case TAG, VERSION, MAJOR, MINOR, PATCH, SHA, BRANCH, RUN_ID, RUN_NUMBER ->
          "nothing of this run says it";
    };
  }
}
