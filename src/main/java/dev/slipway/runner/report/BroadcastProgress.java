package dev.slipway.runner.report;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.LiveCheck;
import dev.slipway.delivery.Plan;
import dev.slipway.delivery.PlannedImage;
import dev.slipway.delivery.PlannedRelease;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.Releases;
import dev.slipway.delivery.Report;
import dev.slipway.delivery.Rollout;
import dev.slipway.delivery.RunContext;
import dev.slipway.problem.ActionException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Tells several listeners. One that fails keeps nobody else from hearing; its failure comes after.
public final class BroadcastProgress implements Progress {
  private final List<Progress> listeners;

  public BroadcastProgress(Progress... listeners) {
    this.listeners = List.of(listeners);
  }

  @Override
  public void started(Inputs inputs, RunContext run) {
    tell(listener -> listener.started(inputs, run));
  }

  @Override
  public void planned(Plan plan) {
    tell(listener -> listener.planned(plan));
  }

  @Override
  public void decided(PlannedRelease release) {
    tell(listener -> listener.decided(release));
  }

  @Override
  public void tagged(String tagName, boolean made) {
    tell(listener -> listener.tagged(tagName, made));
  }

  @Override
  public void published(Releases.Page page) {
    tell(listener -> listener.published(page));
  }

  @Override
  public void pushing(PlannedImage image) {
    tell(listener -> listener.pushing(image));
  }

  @Override
  public void pushed(PlannedImage image, Pushed pushed) {
    tell(listener -> listener.pushed(image, pushed));
  }

  @Override
  public void rolledOut(Rollout rollout) {
    tell(listener -> listener.rolledOut(rollout));
  }

  @Override
  public void scriptSent(String command) {
    tell(listener -> listener.scriptSent(command));
  }

  @Override
  public void printed(String machine, String output) {
    tell(listener -> listener.printed(machine, output));
  }

  @Override
  public void begun(String what) {
    tell(listener -> listener.begun(what));
  }

  @Override
  public void waiting(String where, String state) {
    tell(listener -> listener.waiting(where, state));
  }

  @Override
  public void settled(Rollout rollout) {
    tell(listener -> listener.settled(rollout));
  }

  @Override
  public void live(LiveCheck.Result.Live live) {
    tell(listener -> listener.live(live));
  }

  @Override
  public void undone(Report rollback) {
    tell(listener -> listener.undone(rollback));
  }

  @Override
  public void finished(Report report) {
    tell(listener -> listener.finished(report));
  }

  @Override
  public void warning(String what, String fix) {
    tell(listener -> listener.warning(what, fix));
  }

  private void tell(Consumer<Progress> event) {
    List<ActionException> failures = new ArrayList<>();
    for (Progress listener : listeners) {
      try {
        event.accept(listener);
      } catch (ActionException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }
}
