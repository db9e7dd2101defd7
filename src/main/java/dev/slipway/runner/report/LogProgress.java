package dev.slipway.runner.report;

import dev.slipway.delivery.EcsCluster;
import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Operation;
import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.LiveCheck;
import dev.slipway.delivery.Outcome;
import dev.slipway.delivery.Plan;
import dev.slipway.delivery.PlannedImage;
import dev.slipway.delivery.PlannedRelease;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.Releases;
import dev.slipway.delivery.RemoteScripts;
import dev.slipway.delivery.Report;
import dev.slipway.delivery.Rollout;
import dev.slipway.delivery.RunContext;
import dev.slipway.runner.report.WorkflowCommands.Level;
import java.io.PrintStream;
import java.util.List;

/// The log that a person reads: a folded part for each stage, a line for each fact, the result in
/// the open.
public final class LogProgress implements Progress {
  private final PrintStream out;
  private final WorkflowCommands commands;

  public LogProgress(Console console) {
    this.out = console.out();
    this.commands = console.commands();
  }

  @Override
  public void started(Inputs inputs, RunContext run) {
    out.println(StartText.of(inputs, run));
  }

  @Override
  public void planned(Plan plan) {
    commands.group(
        plan.onlyImage()
            .flatMap(PlannedImage::reference)
            .map(image -> "Plan: " + image)
            .orElse("Plan"));
    plan.rollback()
        .ifPresent(rollback -> {
          fact("rollback", RollbackText.way(rollback));
          fact("", rollback.why());
        });
    fact("commit", plan.commit());
    plan.version()
        .ifPresent(version -> {
          fact("version", version.text());
          fact("", version.why());
        });
    plan.images().forEach(this::planned);
    plan.skippedTags()
        .forEach(tag -> fact("skipped", "%s, because %s".formatted(tag.template(), tag.why())));
    plan.gitOps().ifPresent(this::planned);
    plan.ecs().ifPresent(this::planned);
    plan.script().ifPresent(this::planned);
    commands.endGroup();
  }

  private void planned(RemoteScripts.Script script) {
    fact("script", RolloutText.machines(script.machines()));
    fact("", "by " + script.wanted().targets());
    fact("", "as " + script.wanted().user());
    script.wanted().text().lines().forEach(line -> fact("", "  " + line));
  }

  private void planned(EcsCluster.Service service) {
    fact("ECS", "service %s".formatted(service.wanted().service()));
    fact("", RolloutText.next(service));
    fact(
        "",
        "container %s: %s -> %s"
            .formatted(service.container(), service.before().orElse("none"), service.image()));
  }

  private void planned(PlannedImage image) {
    image.component().ifPresent(name -> fact(name, ImageText.nameOf(image)));
    fact("tags", ImageText.tags(image));
    image
        .digest()
        .ifPresentOrElse(
            digest -> fact("digest", digest),
            () -> image.push().ifPresent(_ -> fact("digest", "known after the push")));
    image
        .push()
        .ifPresent(push -> {
          if (push.createsRepository()) {
            fact("", "its repository is not there, and will be created");
          }
          fact("image", push.source().asWritten());
          fact("", ImageText.of(push.summary()));
          push.summary()
              .digestBefore()
              .ifPresent(before ->
                  fact("", "without its attestations; with them its digest was " + before));
        });
  }

  private void planned(Plan.GitOps gitOps) {
    fact(
        "GitOps",
        "%s, branch %s at %s"
            .formatted(
                gitOps.repository(), gitOps.base().branch(), gitOps.base().head().shortened(7)));
    for (FileChange change : gitOps.changes()) {
      fact("", change.path() + (change.before().isEmpty() ? " (new)" : ""));
      for (FileChange.Scalar scalar : change.scalars()) {
        fact("", "  " + ChangeText.of(scalar));
      }
    }
  }

  @Override
  public void decided(PlannedRelease release) {
    commands.group("Release: " + ReleaseText.title(release.decision()));
    release
        .verdicts()
        .forEach(verdict -> fact(verdict.sha().shortened(7), ReleaseText.of(verdict)));
    out.println(Sentence.of(release.decision().why()));
    commands.endGroup();
  }

  @Override
  public void tagged(String tagName, boolean made) {
    out.println(
        made
            ? "The tag %s is made.".formatted(tagName)
            : "The tag %s is there.".formatted(tagName));
  }

  @Override
  public void published(Releases.Page page) {
    out.println(ReleaseText.of(page));
  }

  @Override
  public void pushing(PlannedImage image) {
    commands.group((ImageText.isThere(image) ? "Tags in " : "Push to ") + ImageText.nameOf(image));
  }

  @Override
  public void pushed(PlannedImage image, Pushed pushed) {
    fact("digest", pushed.digest());
    fact("tags", ImageText.tags(image));
    fact("blobs", ImageText.blobs(pushed));
    commands.endGroup();
    String which = image.component().map(name -> "The image of " + name).orElse("The image");
    out.println(which + ImageText.end(image, pushed));
  }

  @Override
  public void rolledOut(Rollout rollout) {
    switch (rollout) {
      case Rollout.AlreadyUpToDate upToDate -> out.println(RolloutText.upToDate(upToDate));
      case Rollout.Superseded superseded -> out.println(Sentence.of(superseded.by()));
      case Rollout.Committed committed -> committed(committed);
      case Rollout.PullRequestOpen open -> pullRequest(open);
      case Rollout.ServiceRuns _, Rollout.ServiceSuperseded _ ->
          RolloutText.service(rollout).ifPresent(out::println);
      case Rollout.ScriptRan ran -> out.println(RolloutText.script(ran));
    }
  }

  @Override
  public void settled(Rollout rollout) {
    switch (rollout) {
      case Rollout.PullRequestOpen open -> out.println(MergeText.of(open.merge()));
      case Rollout.AlreadyUpToDate _,
          Rollout.Superseded _,
          Rollout.Committed _,
          Rollout.ServiceRuns _,
          Rollout.ServiceSuperseded _,
          Rollout.ScriptRan _ ->
          rolledOut(rollout);
    }
  }

  @Override
  public void live(LiveCheck.Result.Live live) {
    live.applications().forEach(application -> out.println(LiveText.of(application)));
  }

  private void committed(Rollout.Committed committed) {
    commands.group("Commit on " + committed.branch());
    fact("commit", committed.commit());
    changes(committed.changes());
    commands.endGroup();
    out.println(
        "The branch %s says it since commit %s."
            .formatted(committed.branch(), committed.commit().shortened(7)));
  }

  private void changes(List<FileChange> changes) {
    for (FileChange change : changes) {
      fact("file", change.path());
      change.scalars().forEach(scalar -> fact("", ChangeText.of(scalar)));
    }
  }

  private void pullRequest(Rollout.PullRequestOpen open) {
    commands.group("Pull request #%d".formatted(open.proposed().pullRequest().number()));
    fact("commit", open.proposed().head());
    changes(open.changes());
    commands.endGroup();
    out.println(
        "%s: %s"
            .formatted(
                operation(open.proposed().operation()), open.proposed().pullRequest().url()));
    out.println(MergeText.of(open.merge()));
    if (open.merge() instanceof Merge.Unavailable unavailable) {
      commands.annotate(
          Level.WARNING,
          "The pull request waits for a person",
          Sentence.of(unavailable.why()) + "\n" + Sentence.of(unavailable.fix()));
    }
  }

  private static String operation(Operation operation) {
    return switch (operation) {
      case CREATED -> "The pull request is open";
      case UPDATED -> "The pull request is brought up to date";
      case NONE -> "The pull request says it already";
    };
  }

  @Override
  public void scriptSent(String command) {
    out.println("The script is sent: Run Command " + command);
  }

  @Override
  public void printed(String machine, String output) {
    commands.group("Output of " + machine);
    output.lines().forEach(out::println);
    commands.endGroup();
  }

  @Override
  public void begun(String what) {
    out.println(Sentence.of(what));
  }

  @Override
  public void waiting(String where, String state) {
    out.println("%s: %s".formatted(where, state));
  }

  @Override
  public void undone(Report rollback) {
    out.println(OutcomeText.of(rollback));
  }

  @Override
  public void finished(Report report) {
    if (report.outcome() == Outcome.PLANNED) {
      report.plan().release().flatMap(PlannedRelease::publication).ifPresent(this::notes);
      report.plan().gitOps().ifPresent(this::difference);
    }
    out.println(OutcomeText.of(report));
  }

  private void notes(Releases.Publication publication) {
    commands.group(publication.title());
    publication.notes().markdown().lines().forEach(out::println);
    commands.endGroup();
  }

  private void difference(Plan.GitOps gitOps) {
    for (FileChange change : gitOps.changes()) {
      List<String> lines = UnifiedDiff.of(change);
      if (!lines.isEmpty()) {
        commands.group("Change of " + change.path());
        lines.forEach(out::println);
        commands.endGroup();
      }
    }
  }

  @Override
  public void warning(String what, String fix) {
    commands.annotate(Level.WARNING, what, Sentence.of(fix));
  }

  private void fact(String name, Object value) {
    out.println("%-8s %s".formatted(name, value));
  }
}
