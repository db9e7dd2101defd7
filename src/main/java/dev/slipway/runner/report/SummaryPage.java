package dev.slipway.runner.report;

import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.Plan;
import dev.slipway.delivery.PlannedImage;
import dev.slipway.delivery.Releases;
import dev.slipway.delivery.Report;
import dev.slipway.delivery.Rollout;
import dev.slipway.problem.Problem;
import java.util.List;

/// The page of a step summary, written from top to bottom.
final class SummaryPage {
  // Of all diffs together, in characters. Beyond that nobody reads on.
  private static final int LONGEST_DIFFS = 64 * 1024;

  private final StringBuilder page = new StringBuilder();
  private final Markdown markdown;

  SummaryPage(Markdown markdown) {
    this.markdown = markdown;
    page.append("### Slipway\n\n");
  }

  /// A paragraph of prose.
  void paragraph(String text) {
    page.append(markdown.text(text)).append("\n\n");
  }

  void paragraph(String title, String text) {
    page.append("**%s:** %s\n\n".formatted(title, markdown.text(text)));
  }

  void warning(String what, String fix) {
    page.append("> **%s.** %s\n\n".formatted(markdown.text(what), markdown.text(Sentence.of(fix))));
  }

  void problem(Problem problem) {
    page.append("- **%s**<br>\n".formatted(markdown.text(problem.what())));
    page.append("  %s<br>\n".formatted(markdown.text(Sentence.of(problem.why()))));
    page.append("  %s\n\n".formatted(markdown.text(Sentence.of(problem.fix()))));
  }

  /// What was delivered.
  void images(Plan plan) {
    page.append("| | |\n|---|---|\n");
    plan.rollback()
        .ifPresent(rollback -> {
          row("Rollback", RollbackText.way(rollback));
          row("Because", Sentence.of(rollback.why()));
        });
    row("Commit", plan.commit().value());
    plan.version().ifPresent(version -> row("Version", version.text()));
    plan.release().ifPresent(release -> row("Release", Sentence.of(release.decision().why())));
    plan.images().forEach(this::image);
    plan.skippedTags()
        .forEach(tag -> row("Skipped tag", "%s: %s".formatted(tag.template(), tag.why())));
    page.append('\n');
  }

  /// The link to the release.
  void release(Releases.Page release) {
    page.append("Release: <%s>\n\n".formatted(release.url()));
  }

  private void image(PlannedImage image) {
    image.component().ifPresent(name -> row("Component", name));
    image
        .reference()
        .ifPresentOrElse(
            reference -> row("Image", reference.toString()), () -> row("Tag", image.tag().value()));
    image.tags().stream().skip(1).forEach(tag -> row("Further tag", tag.value()));
    image.digest().ifPresent(digest -> row("Digest", digest.value()));
  }

  private void row(String name, String value) {
    page.append("| %s | %s |\n".formatted(name, markdown.cell(value)));
  }

  /// What changes in the GitOps repository.
  void changes(Report report) {
    List<FileChange> changes =
        report.rollouts().stream()
            .filter(rollout -> !(rollout instanceof Rollout.AlreadyUpToDate))
            .findFirst()
            .map(SummaryPage::changes)
            .or(() -> report.plan().gitOps().map(Plan.GitOps::changes))
            .orElse(List.of());
    if (!changes.isEmpty()) {
      page.append("| File | Key | Old | New |\n|---|---|---|---|\n");
      changes.forEach(this::row);
      page.append('\n');
      differences(changes);
    }
  }

  private static List<FileChange> changes(Rollout rollout) {
    return switch (rollout) {
      case Rollout.PullRequestOpen open -> open.changes();
      case Rollout.Committed committed -> committed.changes();
      case Rollout.AlreadyUpToDate _,
          Rollout.Superseded _,
          Rollout.ServiceRuns _,
          Rollout.ServiceSuperseded _,
          Rollout.ScriptRan _ ->
          List.of();
    };
  }

  private void row(FileChange change) {
    if (change.scalars().isEmpty()) {
      page.append("| %s | | | |\n".formatted(markdown.cell(change.path())));
    }
    for (FileChange.Scalar scalar : change.scalars()) {
      page.append(
          "| %s | %s | %s | %s |\n"
              .formatted(
                  markdown.cell(change.path()),
                  markdown.cell(scalar.key().toString()),
                  markdown.cell(scalar.from()),
                  markdown.cell(UnknownDigest.told(scalar.to()))));
    }
  }

  private void differences(List<FileChange> changes) {
    int left = LONGEST_DIFFS;
    for (FileChange change : changes) {
      List<String> lines = left > 0 ? UnifiedDiff.of(change) : List.of();
      left -= lines.stream().mapToInt(String::length).sum();
      if (!lines.isEmpty() && left > 0) {
        page.append("<details><summary>%s</summary>\n\n".formatted(markdown.text(change.path())))
            .append(markdown.block("diff", lines))
            .append("\n</details>\n\n");
      }
    }
  }

  /// The link to the pull request, or the commit, where there is one.
  void pullRequest(Rollout rollout) {
    if (rollout instanceof Rollout.Committed(var branch, var commit, var _)) {
      paragraph("Commit", "%s on %s".formatted(commit, branch));
    }
    RolloutText.service(rollout).ifPresent(text -> paragraph("ECS", text));
    if (rollout instanceof Rollout.ScriptRan ran) {
      paragraph("Script", RolloutText.script(ran));
    }
    if (rollout instanceof Rollout.PullRequestOpen(var _, var proposed, var _, var _)) {
      page.append(
          "Pull request: [#%d](<%s>)\n\n"
              .formatted(proposed.pullRequest().number(), proposed.pullRequest().url()));
    }
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
