package dev.slipway.template;

import java.util.Optional;

/// What stands between the braces of a template: `{tag}`, or with a component's name `{core.tag}`.
///
/// @param component empty: what is meant follows from where the template stands
public record Reference(Optional<String> component, Placeholder placeholder) {
  /// As it is written in a template, braces included.
  @Override
  public String toString() {
    return component
        .map(name -> "{%s.%s}".formatted(name, placeholder.text()))
        .orElseGet(() -> "{%s}".formatted(placeholder.text()));
  }
}
