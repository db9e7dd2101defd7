package dev.slipway.delivery;

import dev.slipway.version.CommitSha;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Tells which deliveries are newer than this run's: those of the same values whose commit comes
/// after ours. An environment never moves backwards. Where histories parted, nobody can tell, and
/// ours counts as the newer one.
final class Precedence implements Predicate<Provenance> {
  private final Provenance ours;
  private final CommitHistory commits;
  private final Map<CommitSha, Boolean> asked = new HashMap<>();

  /// @param commits of the application repository
  Precedence(Provenance ours, CommitHistory commits) {
    this.ours = ours;
    this.commits = commits;
  }

  @Override
  public boolean test(Provenance other) {
    return ours.isBeside(other)
        && !other.commit().equals(ours.commit())
        && asked.computeIfAbsent(other.commit(), commit -> commits.contains(ours.commit(), commit));
  }

  /// The first delivery that is newer. Of each file only the last one counts, because earlier ones
  /// were replaced, perhaps on purpose.
  Optional<Provenance> newer(Map<String, List<Provenance>> deliveries) {
    return deliveries.values().stream()
        .flatMap(ofFile -> ofFile.stream().filter(ours::isBeside).limit(1))
        .filter(this)
        .findFirst();
  }
}
