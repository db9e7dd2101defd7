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
  RUN_ID,
  RUN_NUMBER;

  /// The name as it is written in a template, e.g. `tag-name`.
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
}
