package dev.slipway.delivery;

import dev.slipway.version.CommitSha;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// An earlier delivery to return to, and what is known about the way.
///
/// @param from what is left, as people call it; empty: not known
/// @param why one sentence about how it was found
/// @param ours every value that counts as delivered, so that a rollback may replace it; empty: any
///   may be replaced
/// @param further looks what could be returned to if this cannot, as people call it; empty: not
///   known
/// @param written the commit of the GitOps repository that said it; empty: not known
/// @param left entries of the ledger that this way leads back from
/// @param noted whether the ledger alone says where to
record WayBack(
    DeliveryRecord to,
    Optional<String> from,
    String why,
    Optional<List<DeliveryRecord.Value>> ours,
    Supplier<Optional<String>> further,
    Optional<CommitSha> written,
    List<String> left,
    boolean noted) {

  /// A way of which nothing more is known.
  static WayBack to(DeliveryRecord to, Optional<String> from, String why) {
    return new WayBack(
        to, from, why, Optional.empty(), Optional::empty, Optional.empty(), List.of(), false);
  }

  /// What may be replaced at the place of `value`.
  Optional<Set<String>> replaceable(DeliveryRecord.Value value) {
    return ours.map(known ->
        known.stream()
            .filter(other -> other.file().equals(value.file()) && other.key().equals(value.key()))
            .map(DeliveryRecord.Value::text)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /// The same way to what is known better.
  WayBack to(DeliveryRecord known) {
    return new WayBack(known, from, why, ours, further, written, left, noted);
  }

  PlannedRollback planned() {
    return new PlannedRollback(from, to.label(), why, to.taskDefinition());
  }
}
