package dev.slipway.runner.report;

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
  private final Facts facts;

  public LogProgress(Console console) {
    this.out = console.out();
    this.commands = console.commands();
    this.facts = new Facts(out);
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
    new PlanText(facts).print(plan);
    commands.endGroup();
  }

  @Override
  public void decided(PlannedRelease release) {
    commands.group("Release: " + ReleaseText.title(release.decision()));
    release
        .verdicts()
        .forEach(verdict -> facts.print(verdict.sha().shortened(7), ReleaseText.of(verdict)));
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
    facts.print("digest", pushed.digest());
    facts.print("tags", ImageText.tags(image));
    facts.print("blobs", ImageText.blobs(pushed));
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
    facts.print("commit", committed.commit());
    changes(committed.changes());
    commands.endGroup();
    out.println(
        "The branch %s says it since commit %s."
            .formatted(committed.branch(), committed.commit().shortened(7)));
  }

  private void changes(List<FileChange> changes) {
    for (FileChange change : changes) {
      facts.print("file", change.path());
      change.scalars().forEach(scalar -> facts.more(ChangeText.of(scalar)));
    }
  }

  private void pullRequest(Rollout.PullRequestOpen open) {
    commands.group("Pull request #%d".formatted(open.proposed().pullRequest().number()));
    facts.print("commit", open.proposed().head());
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
}
