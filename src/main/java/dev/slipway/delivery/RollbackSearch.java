package dev.slipway.delivery;

import dev.slipway.delivery.DeliveryRecord.Value;
import dev.slipway.delivery.DeploymentLedger.Entry;
import dev.slipway.delivery.EcsCluster.Next;
import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.version.ResolvedVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds the earlier delivery to return to: in the ledger, where there is one; otherwise in what
/// each target itself remembers.
final class RollbackSearch {
  private final ApplicationRepository home;
  private final ImageRegistry registry;
  private final Targets targets;
  private final LedgerStage ledger;

  RollbackSearch(
      ApplicationRepository home, ImageRegistry registry, Targets targets, LedgerStage ledger) {
    this.home = home;
    this.registry = registry;
    this.targets = targets;
    this.ledger = ledger;
  }

  /// The delivery that `name` means.
  ///
  /// @throws ActionException when it means none
  WayBack named(String name, Inputs inputs, RunContext run) {
    return inLedger(ledger.entries(inputs), inputs, run)
        .named(name)
        .orElseGet(() -> tags(inputs, run).named(name));
  }

  /// The previous good delivery.
  ///
  /// @param base of the GitOps repository, where there is one
  /// @throws ActionException when none is known
  WayBack previous(Inputs inputs, RunContext run, Optional<Snapshot> base) {
    Optional<FileSearch> files =
        base.map(
            known -> new FileSearch(targets.gitOps(), inputs.gitOps().orElseThrow(), known, run));
    List<Entry> entries =
        readable(inputs).stream()
            .dropWhile(entry -> files.filter(known -> known.isAbandoned(entry)).isPresent())
            .toList();
    LedgerSearch search = inLedger(entries, inputs, run);
    Optional<WayBack> noted = search.previous();
    TagSearch tags = tags(inputs, run);
    Optional<WayBack> current =
        noted.filter(way -> files.stream().allMatch(known -> known.isLeftBy(way)));
    return current
        .or(() ->
            files
                .flatMap(FileSearch::previous)
                .map(way -> notBad(way, search).to(tags.completed(way.to()))))
        .map(way -> {
          if (noted.isPresent() && current.isEmpty()) {
            ledger.isBehind(inputs);
          }
          return way;
        })
        .or(() -> noted)
        .or(() -> inputs.ecs().map(wanted -> ofService(wanted, inputs, run)))
        .or(() ->
            // It says nothing about who set the values that it would replace.
            files.isPresent() ? Optional.empty() : tags.previous().map(way -> notBad(way, search)))
        .orElseThrow(() -> unknown(inputs));
  }

  /// What the targets remember may be what the ledger knows to have failed.
  private static WayBack notBad(WayBack way, LedgerSearch search) {
    if (search.isBad(way.to())) {
      String label = way.to().label();
      throw new ActionException(
          "There is no good delivery to return to",
          "what was there before is %s, and the deployments say that it failed or was rolled back"
              .formatted(label),
          "Say where to in `rollback-to`: a version, a commit or an image tag; `%s` returns to that one all the same"
              .formatted(label));
    }
    return way;
  }

  /// What was there before this run's own delivery.
  ///
  /// @throws ActionException when a script would have to bring it back, and it is not known
  WayBack before(Plan failed, Inputs inputs, RunContext run) {
    List<Value> before = before(failed);
    // Not every delivery could be noted.
    Optional<DeliveryRecord> noted =
        inLedger(ledger.entries(inputs), inputs, run)
            .before()
            .filter(known -> Set.copyOf(known.values()).equals(Set.copyOf(before)));
    if (inputs.script().isPresent() && noted.isEmpty()) {
      throw unknown(inputs);
    }
    DeliveryRecord known = noted.orElseGet(() -> remembered(before, failed, inputs, run));
    return new WayBack(
        new DeliveryRecord(
            known.commit(),
            known.version(),
            known.images(),
            before,
            failed.ecs().map(EcsCluster.Service::taskDefinition)),
        Optional.of(label(failed)),
        "the delivery did not come up",
        Optional.of(ours(failed, inputs, run)),
        Optional::empty,
        Optional.empty(),
        List.of(),
        false);
  }

  /// The values that the failed delivery replaced.
  private static List<Value> before(Plan failed) {
    return failed.gitOps().stream()
        .flatMap(gitOps -> gitOps.changes().stream())
        .flatMap(change ->
            change.scalars().stream()
                .map(scalar -> new Value(change.path(), scalar.key(), scalar.from())))
        .toList();
  }

  /// The values that it wrote.
  private static List<Value> ours(Plan failed, Inputs inputs, RunContext run) {
    PlaceholderValues values = failed.values(run);
    return inputs.gitOps().stream()
        .flatMap(wanted -> wanted.updates().stream())
        .map(update -> new Value(update.file(), update.key(), values.expand(update.value())))
        .toList();
  }

  /// What the values of before, or else the image that the service ran, say of their delivery.
  private DeliveryRecord remembered(
      List<Value> before, Plan failed, Inputs inputs, RunContext run) {
    TagSearch tags = tags(inputs, run);
    return failed
        .ecs()
        .filter(_ -> before.isEmpty())
        .map(known -> tags.delivery(known.before(), known.taskDefinition()))
        .orElseGet(() ->
            tags.completed(
                new TemplateMemory(inputs.gitOps().map(Inputs.GitOps::updates).orElse(List.of()))
                    .record(before, delivered(failed, inputs, run), run)));
  }

  private static Optional<Provenance> delivered(Plan failed, Inputs inputs, RunContext run) {
    return failed.gitOps().stream()
        .flatMap(change -> change.base().deliveries().values().stream())
        .flatMap(List::stream)
        .filter(
            other -> DeliveryText.provenance(run, inputs.gitOps().orElseThrow()).isBeside(other))
        .findFirst();
  }

  private static String label(Plan failed) {
    return failed
        .version()
        .map(ResolvedVersion::text)
        .or(() -> failed.onlyImage().map(image -> image.tag().value()))
        .orElseGet(() -> failed.commit().shortened(7));
  }

  private TagSearch tags(Inputs inputs, RunContext run) {
    return new TagSearch(home, registry, inputs, run);
  }

  /// Without it, the targets could lead somewhere else than where it says that all was well.
  private List<Entry> readable(Inputs inputs) {
    try {
      return ledger.readableEntries(inputs);
    } catch (ActionException e) {
      ActionException told =
          new ActionException(
              e.problems().stream()
                  .map(problem ->
                      new Problem(
                          problem.what(),
                          problem.why() + "; so where to return to is not known",
                          problem.fix()
                              + "; or say where to in `rollback-to`, which goes on without the deployments"))
                  .toList());
      told.initCause(e);
      throw told;
    }
  }

  /// What other runs have delivered after this one, as is noted at this moment.
  List<Entry> since(Inputs inputs, RunContext run) {
    ledger.forget();
    return new LedgerSearch(
            OwnImages.believed(ledger.entries(inputs), inputs, registry), run.runId())
        .since();
  }

  private LedgerSearch inLedger(List<Entry> noted, Inputs inputs, RunContext run) {
    List<Entry> believed = OwnImages.believed(noted, inputs, registry);
    if (believed.size() < noted.size()) {
      ledger.hasForeign(inputs, noted.size() - believed.size());
    }
    return new LedgerSearch(believed, run.runId());
  }

  /// What the service's own history says. Its definition names the image.
  private WayBack ofService(Inputs.EcsService wanted, Inputs inputs, RunContext run) {
    EcsCluster.Service service = targets.ecs().lookBack(wanted, new EcsCluster.Goal.Previous());
    DeliveryRecord now = tags(inputs, run).delivery(service.before(), service.taskDefinition());
    DeliveryRecord then =
        tags(inputs, run).delivery(Optional.of(service.image()), definition(service));
    return new WayBack(
        then,
        Optional.of(now.label())
            .filter(label -> !now.images().isEmpty() && !label.equals(then.label()))
            .or(() -> Optional.of(EntryNote.revision(service.taskDefinition()))),
        "the service ran %s before".formatted(EntryNote.revision(definition(service))),
        Optional.empty(),
        Optional::empty,
        Optional.empty(),
        List.of(),
        false);
  }

  private static String definition(EcsCluster.Service service) {
    return switch (service.next()) {
      case Next.Same _, Next.New _ -> service.taskDefinition();
      case Next.Registered(String arn) -> arn;
      case Next.Earlier(String arn, var _) -> arn;
    };
  }

  private static ActionException unknown(Inputs inputs) {
    return new ActionException(
        "There is no earlier delivery to return to",
        inputs.environment().isPresent()
            ? "neither the deployments of the environment %s nor what the deploy targets remember show one"
                .formatted(inputs.environment().get())
            : "what the deploy targets remember shows none, and without `deployment-environment` no delivery is noted",
        "Say where to in `rollback-to`: a version, a commit or an image tag; set `deployment-environment` from now on, so that deliveries are noted");
  }
}
