package dev.slipway.delivery;

import java.util.List;

/// Adds to a list of events what is told of a run.
record ToldEvents(List<String> events) implements Progress {
  @Override
  public void planned(Plan plan) {
    events.add("planned");
  }

  @Override
  public void decided(PlannedRelease release) {
    events.add("decided " + release.decision().why());
  }

  @Override
  public void tagged(String tagName, boolean made) {
    events.add((made ? "tagged " : "found ") + tagName);
  }

  @Override
  public void published(Releases.Page page) {
    events.add("published");
  }

  @Override
  public void pushing(PlannedImage image) {
    events.add("pushing");
  }

  @Override
  public void pushed(PlannedImage image, ImageRegistry.Pushed pushed) {
    events.add("pushed");
  }

  @Override
  public void rolledOut(Rollout rollout) {
    events.add("rolled out");
  }

  @Override
  public void scriptSent(String command) {}

  @Override
  public void printed(String machine, String output) {}

  @Override
  public void waiting(String where, String state) {
    events.add("waiting");
  }

  @Override
  public void settled(Rollout rollout) {
    events.add("settled");
  }

  @Override
  public void live(LiveCheck.Result.Live live) {
    events.add("live");
  }

  @Override
  public void undone(Report rollback) {
    events.add("undone");
  }

  @Override
  public void finished(Report report) {
    events.add("finished");
  }

  @Override
  public void warning(String what, String fix) {
    events.add("warning " + what);
  }
}
