package dev.slipway.runner.report;

import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.delivery.Outcome;
import dev.slipway.delivery.Plan;
import dev.slipway.delivery.PlannedImage;
import dev.slipway.delivery.PlannedRelease;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.Releases;
import dev.slipway.delivery.Report;
import dev.slipway.delivery.Rollout;
import dev.slipway.image.Tag;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The outputs, each written once, the moment it is true and stays so: a run that fails half-way
/// leaves those of its first half.
public final class OutputProgress implements Progress, AutoCloseable {
  private final OutputFile file;
  private final Set<Output> written = EnumSet.noneOf(Output.class);
  private final List<PlannedImage> images = new ArrayList<>();
  private long toPush;
  private boolean takenBack;

  /// A pull request that a wait may still change.
  private Optional<Rollout.PullRequestOpen> open = Optional.empty();

  public OutputProgress(OutputFile file) {
    this.file = file;
  }

  @Override
  public void planned(Plan plan) {
    takenBack = written.contains(Output.PLAN);
    plan.version()
        .ifPresent(version -> {
          write(Output.VERSION, version.text());
          version.tag().ifPresent(tag -> write(Output.TAG_NAME, tag.name()));
        });
    plan.rollback()
        .ifPresent(rollback -> {
          rollback.from().ifPresent(from -> write(Output.ROLLED_BACK_FROM, from));
          write(Output.ROLLED_BACK_TO, rollback.to());
        });
    plan.onlyImage().ifPresent(this::image);
    images.clear();
    images.addAll(plan.images());
    toPush = images.stream().filter(image -> image.push().isPresent()).count();
    components();
    write(Output.PLAN, PlanJson.plan(plan));
  }

  private void image(PlannedImage image) {
    write(Output.TAG, image.tag().value());
    write(Output.TAGS, image.tags().stream().map(Tag::value).collect(Collectors.joining("\n")));
    image
        .name()
        .ifPresent(name -> {
          write(Output.REGISTRY, name.registry());
          write(Output.REPOSITORY, name.repository());
        });
    image.reference().ifPresent(reference -> write(Output.IMAGE, reference.toString()));
    if (image.push().isEmpty()) {
      image.digest().ifPresent(digest -> write(Output.DIGEST, digest.value()));
    }
  }

  /// Once every digest is known.
  private void components() {
    if (toPush == 0 && images.stream().anyMatch(image -> image.component().isPresent())) {
      write(Output.IMAGES, PlanJson.images(images));
    }
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
    if (released && !written.contains(Output.RELEASED)) {
      write(Output.RELEASED, "true");
    }
    changed(released);
  }

  @Override
  public void pushing(PlannedImage image) {
    // Nothing is true yet that was not before.
  }

  @Override
  public void pushed(PlannedImage image, Pushed pushed) {
    if (written.contains(Output.TAG)) {
      write(Output.DIGEST, pushed.digest().value());
    }
    toPush--;
    images.replaceAll(known -> known.component().equals(image.component()) ? image : known);
    components();
    changed(pushed.changed());
  }

  @Override
  public void rolledOut(Rollout rollout) {
    switch (rollout) {
      case Rollout.AlreadyUpToDate there -> {
        noPullRequest();
        changed(there.changed());
      }
      case Rollout.Superseded _ -> noPullRequest();
      case Rollout.Committed committed -> committed(committed);
      case Rollout.PullRequestOpen made -> pullRequest(made);
      case Rollout.ServiceRuns service -> service(service);
      case Rollout.ServiceSuperseded service -> {
        write(Output.TASK_DEFINITION_ARN, service.by());
        changed(service.changed());
      }
      case Rollout.ScriptRan ran -> changed(ran.changed());
    }
  }

  private void service(Rollout.ServiceRuns service) {
    write(Output.TASK_DEFINITION_ARN, service.taskDefinition());
    write(Output.PREVIOUS_TASK_DEFINITION_ARN, service.previous());
    changed(service.changed());
  }

  private void noPullRequest() {
    write(Output.PULL_REQUEST_OPERATION, "none");
    write(Output.PULL_REQUEST_STATE, "none");
  }

  private void committed(Rollout.Committed committed) {
    noPullRequest();
    write(Output.COMMIT_SHA, committed.commit().value());
    previous(committed.changes());
    changed(true);
  }

  private void pullRequest(Rollout.PullRequestOpen made) {
    write(Output.PULL_REQUEST_NUMBER, String.valueOf(made.proposed().pullRequest().number()));
    write(Output.PULL_REQUEST_URL, made.proposed().pullRequest().url().toString());
    write(
        Output.PULL_REQUEST_OPERATION, made.proposed().operation().name().toLowerCase(Locale.ROOT));
    previous(made.changes());
    changed(made.changed());
    stands(made);
  }

  @Override
  public void settled(Rollout rollout) {
    if (rollout instanceof Rollout.PullRequestOpen waitedFor) {
      stands(waitedFor);
    }
    changed(rollout.changed());
  }

  /// Notes how the pull request stands; nothing follows a merge.
  private void stands(Rollout.PullRequestOpen now) {
    open = Optional.of(now);
    if (!now.pending()) {
      close();
    }
  }

  /// Writes how the pull request was left. To be called however the run ends.
  @Override
  public void close() {
    open.ifPresent(left -> {
      write(Output.PULL_REQUEST_STATE, state(left.merge()));
      write(Output.COMMIT_SHA, left.proposed().head().value());
      if (left.merge() instanceof Merge.Merged merged) {
        write(Output.MERGE_COMMIT_SHA, merged.commit().value());
      }
    });
    open = Optional.empty();
  }

  private static String state(Merge merge) {
    return switch (merge) {
      case Merge.Off _, Merge.Outdated _, Merge.Unavailable _ -> "open";
      case Merge.Enabled _ -> "auto-merge";
      case Merge.Merged _ -> "merged";
      case Merge.Queued _ -> "queued";
    };
  }

  @Override
  public void scriptSent(String command) {
    write(Output.SSM_COMMAND_ID, command);
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
    write(Output.OUTCOME, rollback.outcome().text());
  }

  @Override
  public void finished(Report report) {
    close();
    if (!written.contains(Output.PULL_REQUEST_STATE)) {
      noPullRequest();
    }
    if (report.outcome() == Outcome.PLANNED && !written.contains(Output.DIGEST)) {
      report
          .plan()
          .onlyImage()
          .flatMap(PlannedImage::digest)
          .ifPresent(digest -> write(Output.DIGEST, digest.value()));
    }
    if (report.outcome() == Outcome.PLANNED && toPush > 0) {
      toPush = 0;
      components();
    }
    if (!written.contains(Output.PREVIOUS)) {
      report.plan().gitOps().ifPresent(gitOps -> previous(gitOps.changes()));
    }
    if (!written.contains(Output.RELEASED)) {
      write(Output.RELEASED, "false");
    }
    if (!written.contains(Output.CHANGED)) {
      write(Output.CHANGED, String.valueOf(report.changed()));
    }
    write(Output.OUTCOME, report.outcome().text());
  }

  private void previous(List<FileChange> changes) {
    write(Output.PREVIOUS, PlanJson.previous(changes));
  }

  /// Only the end of the run knows that nothing changed; that something did is true at once.
  private void changed(boolean changed) {
    if (changed && !written.contains(Output.CHANGED)) {
      write(Output.CHANGED, "true");
    }
  }

  @Override
  public void warning(String what, String fix) {
    // A warning is no result.
  }

  /// What a rollback within the run would say again, stays as the delivery said it.
  private void write(Output output, String value) {
    if (takenBack && written.contains(output)) {
      return;
    }
    file.write(output, value);
    written.add(output);
  }
}
