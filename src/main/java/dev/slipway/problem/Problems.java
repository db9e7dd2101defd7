package dev.slipway.problem;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Collects problems, each once, so that all of them are reported together instead of one run at a
/// time.
public final class Problems {
  private final Set<Problem> found = new LinkedHashSet<>();

  public void add(String what, String why, String fix) {
    found.add(new Problem(what, why, fix));
  }

  /// The result of `attempt`, or empty when it failed with problems, which are kept.
  public <T> Optional<T> attempt(Supplier<T> attempt) {
    try {
      return Optional.of(attempt.get());
    } catch (ActionException e) {
      found.addAll(e.problems());
      return Optional.empty();
    }
  }

  /// Ends the collecting.
  ///
  /// @throws ActionException with everything collected, if there is anything
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ActionException(List.copyOf(found));
    }
  }
}
