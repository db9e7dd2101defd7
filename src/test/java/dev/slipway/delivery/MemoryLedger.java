package dev.slipway.delivery;

import dev.slipway.problem.ActionException;
import java.util.ArrayList;
import java.util.List;

/// A ledger in memory.
final class MemoryLedger implements DeploymentLedger {
  final List<Entry> entries = new ArrayList<>();
  final List<String> targets = new ArrayList<>();
  boolean unreadable;

  @Override
  public List<Entry> entries(String environment, String target) {
    targets.add(target);
    if (unreadable) {
      throw new ActionException(
          "GitHub does not show the deployments", "it answers 403", "Allow it");
    }
    return List.copyOf(entries);
  }

  @Override
  public String begin(Note note) {
    String id = "entry-" + entries.size();
    entries.addFirst(
        new Entry(id, note.record(), note.runId(), note.rollback(), Standing.UNDER_WAY, ""));
    return id;
  }

  @Override
  public void settle(String id, Standing standing, String why) {
    entries.replaceAll(entry ->
        entry.id().equals(id)
            ? new Entry(id, entry.record(), entry.runId(), entry.rollback(), standing, why)
            : entry);
  }
}
