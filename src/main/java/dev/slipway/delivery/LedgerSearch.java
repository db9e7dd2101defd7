package dev.slipway.delivery;

import dev.slipway.delivery.DeploymentLedger.Entry;
import dev.slipway.delivery.DeploymentLedger.Standing;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Finds in the ledger what to return to.
///
/// What runs now is the newest entry. The way leads from the oldest delivery of the same contents
/// to the one before it that went well: so a second rollback goes further back, and never forward
/// to what was given up.
final class LedgerSearch {
  private final List<Entry> entries;
  private final String runId;

  /// @param entries of one target, the newest first
  LedgerSearch(List<Entry> entries, String runId) {
    this.runId = runId;
    // A rollback that did not get there changed nothing about where to.
    this.entries =
        IntStream.range(0, entries.size())
            .mapToObj(i -> isReplaced(i, entries) ? entries.get(i).failed() : entries.get(i))
            .map(Entry::completed)
            .filter(entry -> !EntryNote.hasPassed(entry.note()))
            .filter(entry -> !entry.rollback() || isThisRun(entry) || arrived(entry))
            .toList();
  }

  /// Whether it waited in a pull request that brought something else in the end.
  private static boolean isReplaced(int index, List<Entry> entries) {
    Entry waiting = entries.get(index);
    return waiting.standing() == Standing.PENDING
        && entries.subList(0, index).stream()
            .anyMatch(later ->
                !later.record().isSame(waiting.record())
                    && EntryNote.arePartOfOne(later.note(), waiting.note()));
  }

  /// The previous good delivery; empty where none is noted.
  Optional<WayBack> previous() {
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    Entry newest = entries.getFirst();
    if (newest.rollback() && isThisRun(newest)) {
      return Optional.of(
          wayBack(
              0,
              "an earlier attempt of this run is on its way there",
              Optional.of(
                  values(
                      first(1, entry -> entry.record().isSame(newest.record()))
                          .orElse(entries.size() - 1)))));
    }
    int oldest = last(entry -> entry.record().isSame(newest.record()));
    return first(oldest + 1, LedgerSearch::arrived)
        .map(found -> wayBack(found, why(newest, entries.get(found)), Optional.of(values(found))));
  }

  /// What other runs have delivered, or are about to: the newest delivery that arrived, and those
  /// after it that did not fail.
  List<Entry> current() {
    int arrived = first(0, entry -> arrived(entry) && !isThisRun(entry)).orElse(entries.size() - 1);
    return entries.subList(0, arrived + 1).stream()
        .filter(entry -> entry.standing() != Standing.BAD && !isThisRun(entry))
        .toList();
  }

  /// What other runs have delivered since this one, or are about to.
  List<Entry> since() {
    return entries.subList(0, first(0, this::isThisRun).orElse(0)).stream()
        .filter(entry -> entry.standing() != Standing.BAD)
        .toList();
  }

  /// What stood there before this run; empty where nothing is noted.
  Optional<DeliveryRecord> before() {
    return first(0, entry -> arrived(entry) && !isThisRun(entry))
        .map(found -> entries.get(found).record());
  }

  /// The newest delivery of that name; one that failed only where there is no other.
  Optional<WayBack> named(String name) {
    Predicate<Entry> named = entry -> entry.record().answersTo(name);
    return first(0, named.and(LedgerSearch::arrived))
        .or(() -> first(0, named.and(entry -> entry.standing() == Standing.UNDER_WAY)))
        .or(() -> first(0, named))
        .map(found -> wayBack(found, "`rollback-to` names it", Optional.empty()));
  }

  /// Whether all that is noted of a delivery is that it failed, or was left.
  boolean isBad(DeliveryRecord delivery) {
    List<Entry> noted =
        entries.stream()
            .filter(entry -> entry.record().commit().equals(delivery.commit()))
            .toList();
    return !noted.isEmpty() && noted.stream().allMatch(entry -> entry.standing() == Standing.BAD);
  }

  private WayBack wayBack(int found, String why, Optional<List<DeliveryRecord.Value>> ours) {
    DeliveryRecord to = entries.get(found).record();
    int start = first(found + 1, entry -> entry.record().isSame(to)).orElse(found);
    return new WayBack(
        to,
        Optional.of(entries.getFirst().record().label()).filter(_ -> found > 0),
        why,
        ours,
        () ->
            first(found + 1, entry -> arrived(entry) && !entry.record().isSame(to))
                .map(further -> entries.get(further).record().label()),
        Optional.empty(),
        entries.subList(0, found > 0 ? found : start).stream()
            .filter(entry -> entry.standing() != Standing.BAD && !entry.record().isSame(to))
            .map(Entry::id)
            .toList(),
        true);
  }

  private static String why(Entry newest, Entry found) {
    String what =
        "it is the newest delivery before %s that went well".formatted(newest.record().label());
    return found.standing() == Standing.GOOD
        ? what
        : "it is the newest delivery before %s that did not fail; whether it ran, nobody waited to see"
            .formatted(newest.record().label());
  }

  /// What deliveries wrote since the one that is returned to. What is older, only somebody's hand
  /// can have put back.
  private List<DeliveryRecord.Value> values(int oldest) {
    return entries.subList(0, oldest + 1).stream()
        .flatMap(entry -> entry.record().values().stream())
        .toList();
  }

  private boolean isThisRun(Entry entry) {
    return entry.runId().equals(runId);
  }

  private static boolean arrived(Entry entry) {
    return switch (entry.standing()) {
      case GOOD, PENDING -> true;
      case UNDER_WAY, BAD -> false;
    };
  }

  private Optional<Integer> first(int from, Predicate<Entry> wanted) {
    return IntStream.range(from, entries.size())
        .filter(i -> wanted.test(entries.get(i)))
        .boxed()
        .findFirst();
  }

  private int last(Predicate<Entry> wanted) {
    return IntStream.range(0, entries.size())
        .filter(i -> wanted.test(entries.get(i)))
        .max()
        .orElse(0);
  }
}
