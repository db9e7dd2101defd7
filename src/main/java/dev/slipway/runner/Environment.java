package dev.slipway.runner;

import java.util.Optional;

/// The environment variables of the process. Only `Main` knows the real ones.
@FunctionalInterface
public interface Environment {
  /// The variable as it is, or empty when it is not set.
  Optional<String> get(String name);

  /// The variable without surrounding blanks, or empty when it is not set or blank. The runner sets
  /// variables that have no value to the empty text, so blank means absent.
  default Optional<String> text(String name) {
    return get(name).map(Blanks::trim).filter(text -> !text.isEmpty());
  }
}
