package dev.slipway.runner.report;

import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.delivery.Outcome;
import dev.slipway.delivery.Plan;
import dev.slipway.delivery.PlannedImage;
import dev.slipway.delivery.PlannedRelease;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.Releases;
import dev.slipway.delivery.Report;
import dev.slipway.delivery.Rollout;
import java.util.List;

/// The outputs, each written once, the moment it is true and stays so: a run that fails half-way
/// leaves those of its first half.
public final class OutputProgress implements Progress, AutoCloseable {
  private final WrittenOutputs outputs;
  private final ImageOutputs images;
  private final PullRequestOutputs pullRequest;

  public OutputProgress(OutputFile file) {
    this.outputs = new WrittenOutputs(file);
    this.images = new ImageOutputs(outputs);
    this.pullRequest = new PullRequestOutputs(outputs);
  }

  @Override
  public void planned(Plan plan) {
    if (outputs.has(Output.PLAN)) {
      outputs.seal();
    }
    plan.version()
        .ifPresent(version -> {
          outputs.write(Output.VERSION, version.text());
          version.tag().ifPresent(tag -> outputs.write(Output.TAG_NAME, tag.name()));
        });
    plan.rollback()
        .ifPresent(rollback -> {
          rollback.from().ifPresent(from -> outputs.write(Output.ROLLED_BACK_FROM, from));
          outputs.write(Output.ROLLED_BACK_TO, rollback.to());
        });
    images.planned(plan.images());
    outputs.write(Output.PLAN, PlanJson.plan(plan));
  }

  @Override
  public void decided(PlannedRelease release) {
    // Another run may still be faster.
  }

  @Override
  public void tagged(String tagName, boolean made) {
    released(made);
  }

  @Override
  public void published(Releases.Page page) {
    released(page.operation() == Releases.Operation.CREATED);
    changed(page.operation() != Releases.Operation.NONE);
  }

  /// Only the end of the run knows that nothing was released.
  private void released(boolean released) {
    if (released) {
      outputs.writeOnce(Output.RELEASED, "true");
    }
    changed(released);
  }

  @Override
  public void pushing(PlannedImage image) {
    // Nothing is true yet that was not before.
  }

  @Override
  public void pushed(PlannedImage image, Pushed pushed) {
    images.pushed(image, pushed);
    changed(pushed.changed());
  }

  @Override
  public void rolledOut(Rollout rollout) {
    switch (rollout) {
      case Rollout.AlreadyUpToDate there -> {
        pullRequest.none();
        changed(there.changed());
      }
      case Rollout.Superseded _ -> pullRequest.none();
      case Rollout.Committed committed -> committed(committed);
      case Rollout.PullRequestOpen made -> {
        pullRequest.made(made);
        previous(made.changes());
        changed(made.changed());
        pullRequest.stands(made);
      }
      case Rollout.ServiceRuns service -> service(service);
      case Rollout.ServiceSuperseded service -> {
        outputs.write(Output.TASK_DEFINITION_ARN, service.by());
        changed(service.changed());
      }
      case Rollout.ScriptRan ran -> changed(ran.changed());
    }
  }

  private void committed(Rollout.Committed committed) {
    pullRequest.none();
    outputs.write(Output.COMMIT_SHA, committed.commit().value());
    previous(committed.changes());
    changed(true);
  }

  private void service(Rollout.ServiceRuns service) {
    outputs.write(Output.TASK_DEFINITION_ARN, service.taskDefinition());
    outputs.write(Output.PREVIOUS_TASK_DEFINITION_ARN, service.previous());
    changed(service.changed());
  }

  @Override
  public void settled(Rollout rollout) {
    if (rollout instanceof Rollout.PullRequestOpen waitedFor) {
      pullRequest.stands(waitedFor);
    }
    changed(rollout.changed());
  }

  @Override
  public void scriptSent(String command) {
    outputs.write(Output.SSM_COMMAND_ID, command);
    changed(true);
  }

  @Override
  public void printed(String machine, String output) {
    // A log, not a result.
  }

  @Override
  public void waiting(String where, String state) {
    // Nothing is true yet that was not before.
  }

  @Override
  public void undone(Report rollback) {
    close();
    outputs.write(Output.OUTCOME, rollback.outcome().text());
  }

  @Override
  public void finished(Report report) {
    close();
    if (!outputs.has(Output.PULL_REQUEST_STATE)) {
      pullRequest.none();
    }
    if (report.outcome() == Outcome.PLANNED) {
      images.onlyPlanned();
    }
    if (!outputs.has(Output.PREVIOUS)) {
      report.plan().gitOps().ifPresent(gitOps -> previous(gitOps.changes()));
    }
    outputs.writeOnce(Output.RELEASED, "false");
    outputs.writeOnce(Output.CHANGED, String.valueOf(report.changed()));
    outputs.write(Output.OUTCOME, report.outcome().text());
  }

  private void previous(List<FileChange> changes) {
    outputs.write(Output.PREVIOUS, PlanJson.previous(changes));
  }

  /// Only the end of the run knows that nothing changed; that something did is true at once.
  private void changed(boolean changed) {
    if (changed) {
      outputs.writeOnce(Output.CHANGED, "true");
    }
  }

  @Override
  public void warning(String what, String fix) {
    // A warning is no result.
  }

  /// Writes how the pull request was left. To be called however the run ends.
  @Override
  public void close() {
    pullRequest.close();
  }
}
