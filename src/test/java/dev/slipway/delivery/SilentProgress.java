package dev.slipway.delivery;

import dev.slipway.delivery.ImageRegistry.Pushed;

/// Hears everything and does nothing; a test overrides what it listens to.
public class SilentProgress implements Progress {
  @Override
  public void planned(Plan plan) {}

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
  public void warning(String what, String fix) {}
}
