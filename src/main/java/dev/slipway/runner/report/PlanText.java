package dev.slipway.runner.report;

import dev.slipway.delivery.EcsCluster;
import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.Plan;
import dev.slipway.delivery.PlannedImage;
import dev.slipway.delivery.RemoteScripts;

/// The plan as the log shows it: everything that is going to be done, before it is done.
record PlanText(Facts facts) {
  void print(Plan plan) {
    plan.rollback()
        .ifPresent(rollback -> {
          facts.print("rollback", RollbackText.way(rollback));
          facts.more(rollback.why());
        });
    facts.print("commit", plan.commit());
    plan.version()
        .ifPresent(version -> {
          facts.print("version", version.text());
          facts.more(version.why());
        });
    plan.images().forEach(this::print);
    plan.skippedTags()
        .forEach(
            tag -> facts.print("skipped", "%s, because %s".formatted(tag.template(), tag.why())));
    plan.gitOps().ifPresent(this::print);
    plan.ecs().ifPresent(this::print);
    plan.script().ifPresent(this::print);
  }

  private void print(PlannedImage image) {
    image.component().ifPresent(name -> facts.print(name, ImageText.nameOf(image)));
    facts.print("tags", ImageText.tags(image));
    image
        .digest()
        .ifPresentOrElse(
            digest -> facts.print("digest", digest),
            () -> image.push().ifPresent(_ -> facts.print("digest", "known after the push")));
    image.push().ifPresent(this::print);
  }

  private void print(PlannedImage.Push push) {
    if (push.createsRepository()) {
      facts.more("its repository is not there, and will be created");
    }
    facts.print("image", push.source().asWritten());
    facts.more(ImageText.of(push.summary()));
    push.summary()
        .digestBefore()
        .ifPresent(
            before -> facts.more("without its attestations; with them its digest was " + before));
  }

  private void print(Plan.GitOps gitOps) {
    facts.print(
        "GitOps",
        "%s, branch %s at %s"
            .formatted(
                gitOps.repository(), gitOps.base().branch(), gitOps.base().head().shortened(7)));
    for (FileChange change : gitOps.changes()) {
      facts.more(change.path() + (change.before().isEmpty() ? " (new)" : ""));
      for (FileChange.Scalar scalar : change.scalars()) {
        facts.more("  " + ChangeText.of(scalar));
      }
    }
  }

  private void print(EcsCluster.Service service) {
    facts.print("ECS", "service %s".formatted(service.wanted().service()));
    facts.more(RolloutText.next(service));
    facts.more(
        "container %s: %s -> %s"
            .formatted(service.container(), service.before().orElse("none"), service.image()));
  }

  private void print(RemoteScripts.Script script) {
    facts.print("script", RolloutText.machines(script.machines()));
    facts.more("by " + script.wanted().targets());
    facts.more("as " + script.wanted().user());
    script.wanted().text().lines().forEach(line -> facts.more("  " + line));
  }
}
