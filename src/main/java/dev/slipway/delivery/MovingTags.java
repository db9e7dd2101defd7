package dev.slipway.delivery;

import dev.slipway.template.Placeholder;
import dev.slipway.template.Template;
import dev.slipway.version.MovingTag;
import dev.slipway.version.ResolvedVersion;
import java.util.Optional;
import java.util.Set;

/// Which extra tags follow the newest release of a line, so that they must not move backwards.
///
/// @param byVersion whether the image goes by its version; a tag such as `latest` beside a tag of
///   the commit simply moves
/// @param version of the commit
record MovingTags(boolean byVersion, Optional<ResolvedVersion> version) {
  static final Set<Placeholder> OF_THE_VERSION =
      Set.of(
          Placeholder.VERSION,
          Placeholder.MAJOR,
          Placeholder.MINOR,
          Placeholder.PATCH,
          Placeholder.TAG_NAME);

  /// What names one commit or one run, or follows a branch whatever its versions are.
  private static final Set<Placeholder> FREE =
      Set.of(
          Placeholder.VERSION,
          Placeholder.PATCH,
          Placeholder.TAG_NAME,
          Placeholder.SHA,
          Placeholder.BRANCH,
          Placeholder.RUN_ID,
          Placeholder.RUN_NUMBER);

  static boolean isOfTheVersion(Template template) {
    return OF_THE_VERSION.stream().anyMatch(template::uses);
  }

  /// Why the image does not get the tag; empty when it does.
  Optional<String> whyNot(Template template) {
    return line(template)
        .filter(line -> version.map(known -> !known.leads().contains(line)).orElse(false))
        .map(line -> why(line, version.orElseThrow()));
  }

  private Optional<MovingTag> line(Template template) {
    if (FREE.stream().anyMatch(template::uses)) {
      return Optional.empty();
    }
    if (template.uses(Placeholder.MINOR)) {
      return Optional.of(MovingTag.MINOR);
    }
    if (template.uses(Placeholder.MAJOR)) {
      return Optional.of(MovingTag.MAJOR);
    }
    return byVersion ? Optional.of(MovingTag.LATEST) : Optional.empty();
  }

  private static String why(MovingTag line, ResolvedVersion version) {
    if (version.tag().isEmpty() || !version.base().isStable()) {
      return "%s is no release".formatted(version.text());
    }
    return switch (line) {
      case LATEST -> "a release above %s is there".formatted(version.text());
      case MAJOR ->
          "a release %d.x above %s is there".formatted(version.base().major(), version.text());
      case MINOR ->
          "a release %d.%d.x above %s is there"
              .formatted(version.base().major(), version.base().minor(), version.text());
    };
  }
}
