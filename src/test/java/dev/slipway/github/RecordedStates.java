package dev.slipway.github;

import dev.slipway.delivery.SilentProgress;
import java.util.ArrayList;
import java.util.List;

/// Remembers what is waited for.
final class RecordedStates extends SilentProgress {
  private final List<String> states = new ArrayList<>();

  List<String> all() {
    return List.copyOf(states);
  }

  @Override
  public void waiting(String where, String state) {
    states.add(where + ": " + state);
  }
}
