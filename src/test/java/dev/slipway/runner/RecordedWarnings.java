package dev.slipway.runner;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.delivery.Plan;
import dev.slipway.delivery.PlannedImage;
import dev.slipway.delivery.PlannedRelease;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.Releases;
import dev.slipway.delivery.Report;
import dev.slipway.delivery.Rollout;
import java.util.ArrayList;
import java.util.List;

/// Remembers the warnings it hears, and counts the plans.
final class RecordedWarnings implements Progress {
  private final List<String> what = new ArrayList<>();
  private int plans;

  List<String> what() {
    return List.copyOf(what);
  }

  int plans() {
    return plans;
  }

  @Override
  public void planned(Plan plan) {
    plans++;
  }

  @Override
  public void decided(PlannedRelease release) {}

  @Override
  public void tagged(String tagName, boolean made) {}

  @Override
  public void published(Releases.Page page) {}

  @Override
  public void pushing(PlannedImage image) {}

  @Override
  public void pushed(PlannedImage image, Pushed pushed) {}

  @Override
  public void rolledOut(Rollout rollout) {}

  @Override
  public void scriptSent(String command) {}

  @Override
  public void printed(String machine, String output) {}

  @Override
  public void waiting(String where, String state) {}

  @Override
  public void finished(Report report) {}

  @Override
  public void warning(String what, String fix) {
    this.what.add(what);
  }
}
