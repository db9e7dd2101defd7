package dev.slipway.ecs;

import dev.slipway.ecs.ServiceHistory.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a service ran well, as a stack: a deployment of something new lies on top, and one of
/// something that is in the stack takes away what lies above it. So a second rollback goes further
/// back, never forward, and what was abandoned is not returned to.
///
/// Where ECS is bringing an earlier definition back, or somebody's deployment of one goes on, the
/// service is on its way back already, and that definition is the answer. It is also the answer
/// where ECS has brought it back by itself, because what followed did not come up: it is the good
/// version that a rollback is to bring. A deployment that somebody stopped is different: that was a
/// rollback, and the next one goes on from there. ECS tells the two apart by `stoppedAt`.
record GoodDefinitions(ServiceHistory history, Namesakes namesakes) {

  /// The definition that the service is to return to.
  ///
  /// @param current ARN of the one that it is to run now; where it is the answer, too, the service
  ///   need not be moved
  Optional<String> before(String current) {
    Optional<Entry> newest = history.newest();
    if (newest.filter(entry -> entry.record().isGoingBack()).isPresent()) {
      return newest.flatMap(Entry::returnedTo).or(history::lastGood);
    }
    if (newest.filter(entry -> returnedByItself(entry, current)).isPresent()
        || isReturning(current)) {
      return Optional.of(current);
    }
    List<String> stack = stack();
    // ECS may show the service as it was before a deployment that has just begun.
    cut(
        stack,
        newest.filter(entry -> entry.record().isOngoing()).map(Entry::definition).orElse(current));
    return stack.isEmpty() ? Optional.empty() : Optional.of(stack.getLast());
  }

  /// Whether ECS gave the newest deployment up and put `current` back, which ran well before.
  boolean returnedByItself(Entry newest, String current) {
    return newest.record().status().equals("ROLLBACK_SUCCESSFUL")
        && !newest.record().stopped()
        && newest.returnedTo().or(history::lastGood).filter(arn -> same(arn, current)).isPresent()
        && stack().stream().noneMatch(arn -> same(arn, newest.definition()));
  }

  /// Whether a deployment goes on that brings back what ran well and was left.
  private boolean isReturning(String current) {
    List<Entry> earlier =
        history.entries().stream()
            .dropWhile(entry -> !entry.ranWell() && same(entry.definition(), current))
            .toList();
    boolean goesOn =
        history
            .newest()
            .filter(entry -> entry.record().isOngoing() && same(entry.definition(), current))
            .isPresent();
    return goesOn
        && !earlier.isEmpty()
        && !same(earlier.getFirst().definition(), current)
        && stack().stream().anyMatch(arn -> same(arn, current));
  }

  private List<String> stack() {
    List<String> stack = new ArrayList<>();
    history.before().ifPresent(stack::add);
    for (Entry entry : history.entries().reversed()) {
      if (entry.ranWell()) {
        cut(stack, entry.definition());
        stack.add(entry.definition());
      }
    }
    return stack;
  }

  /// Takes a definition away, and what lies above it.
  private void cut(List<String> stack, String definition) {
    for (int i = 0; i < stack.size(); i++) {
      if (same(stack.get(i), definition)) {
        stack.subList(i, stack.size()).clear();
      }
    }
  }

  private boolean same(String one, String other) {
    return namesakes.same(one, other);
  }
}
