package dev.slipway.runner;

import dev.slipway.delivery.Plan;
import dev.slipway.delivery.SilentProgress;
import java.util.ArrayList;
import java.util.List;

/// Remembers the warnings it hears, and counts the plans.
public final class RecordedWarnings extends SilentProgress {
  private final List<String> what = new ArrayList<>();
  private int plans;

  public List<String> what() {
    return List.copyOf(what);
  }

  public int plans() {
    return plans;
  }

  @Override
  public void planned(Plan plan) {
    plans++;
  }

  @Override
  public void warning(String what, String fix) {
    this.what.add(what);
  }
}
