package dev.slipway.ecs;

import dev.slipway.ecs.ServiceState.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The events of a service since a moment, each once, the oldest first.
final class Chronicle {
  private static final int SHOWN = 3;

  private final Set<String> known = new HashSet<>();
  private final List<String> told = new ArrayList<>();

  /// @param before events that are old already
  Chronicle(List<Event> before) {
    before.forEach(event -> known.add(event.id()));
  }

  /// The texts of those events that were not there before.
  List<String> newOnes(List<Event> events) {
    List<String> texts =
        events.reversed().stream()
            .filter(event -> known.add(event.id()))
            .map(event -> Texts.event(event.message()))
            .toList();
    told.addAll(texts);
    return texts;
  }

  /// The last few.
  List<String> last() {
    return told.subList(Math.max(0, told.size() - SHOWN), told.size());
  }
}
