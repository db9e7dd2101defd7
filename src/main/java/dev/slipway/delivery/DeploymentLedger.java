package dev.slipway.delivery;

import java.net.URI;
import java.util.List;

/// Port: the deliveries that were noted at the application repository, environment by environment.
/// A rollback reads there what ran well.
public interface DeploymentLedger {
  /// What Slipway delivered to one target of an environment, the newest first, as far as is worth
  /// looking back.
  ///
  /// @param target names what was delivered to; see [Note#target]
  /// @throws dev.slipway.problem.ActionException when it cannot be read
  List<Entry> entries(String environment, String target);

  /// Notes that a delivery has begun.
  ///
  /// @return the id of the entry
  /// @throws dev.slipway.problem.ActionException when it cannot be written
  String begin(Note note);

  /// Notes what became of an entry.
  ///
  /// @param entry its id
  /// @param why one sentence for people
  /// @throws dev.slipway.problem.ActionException when it cannot be written
  void settle(String entry, Standing standing, String why);

  /// A delivery that begins.
  ///
  /// @param target names what it delivers to: services that share an environment must not return to
  ///   each other's versions
  /// @param run its page
  /// @param rollback whether it returns to an earlier delivery
  record Note(
      String environment,
      String target,
      DeliveryRecord record,
      String runId,
      URI run,
      boolean rollback) {}

  /// A delivery that was noted.
  ///
  /// @param id says nothing to people
  /// @param runId the run that noted it
  /// @param rollback whether it returned to an earlier delivery
  /// @param note the sentence about what became of it; may be empty
  record Entry(
      String id,
      DeliveryRecord record,
      String runId,
      boolean rollback,
      Standing standing,
      String note) {
    /// Half a sentence about one that did not fail.
    String state() {
      return standing == Standing.UNDER_WAY ? "is noted as on its way" : "was delivered";
    }

    /// The same as one that did not get there.
    Entry failed() {
      return new Entry(id, record, runId, rollback, Standing.BAD, note);
    }

    /// The same with what only its end brought out.
    Entry completed() {
      return new Entry(
          id, record.running(EntryNote.taskDefinition(note)), runId, rollback, standing, note);
    }
  }

  /// What became of a delivery.
  enum Standing {
    /// It began, and nobody said how it ended.
    UNDER_WAY,
    /// Written, and left to others: a pull request waits.
    PENDING,
    /// As far as the run waited, all went well.
    GOOD,
    /// It failed, or somebody returned from it to an earlier one.
    BAD
  }
}
