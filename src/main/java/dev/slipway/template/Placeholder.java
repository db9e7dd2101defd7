package dev.slipway.template;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A name that a template may use between braces.
public enum Placeholder {
  REGISTRY,
  REPOSITORY,
  TAG,
  DIGEST,
  IMAGE,
  VERSION,
  MAJOR,
  MINOR,
  PATCH,
  TAG_NAME,
  SHA,
  BRANCH,
  COMPONENT,
  RUN_ID,
  RUN_NUMBER;

  /// The name as it is written in a template, e.g. `tag-name`.
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Whether each component of a run has a value of its own, as `{core.tag}`.
  public boolean isOfAnImage() {
    return switch (this) {
      case REGISTRY, REPOSITORY, TAG, DIGEST, IMAGE -> true;
      case VERSION, MAJOR, MINOR, PATCH, TAG_NAME, SHA, BRANCH, COMPONENT, RUN_ID, RUN_NUMBER ->
          false;
    };
  }

  static Optional<Placeholder> named(String text) {
    return Arrays.stream(values())
        .filter(placeholder -> placeholder.text().equals(text))
        .findFirst();
  }

  /// All names, for messages: `{registry} {repository} ...`.
  public static String known() {
    return Arrays.stream(values())
        .map(placeholder -> placeholder == SHA ? "{sha} {sha:N}" : "{" + placeholder.text() + "}")
        .collect(Collectors.joining(" "));
  }

  /// What there is of a component, for messages: `{core.registry} {core.repository} ...`.
  static String ofAnImage(String component) {
    return Arrays.stream(values())
        .filter(Placeholder::isOfAnImage)
        .map(placeholder -> new Reference(Optional.of(component), placeholder).toString())
        .collect(Collectors.joining(" "));
  }
}
