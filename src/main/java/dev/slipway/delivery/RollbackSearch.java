package dev.slipway.delivery;

import dev.slipway.delivery.DeliveryRecord.Image;
import dev.slipway.delivery.DeliveryRecord.Value;
import dev.slipway.delivery.EcsCluster.Next;
import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageReferenceText;
import dev.slipway.problem.ActionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    return inLedger(inputs, run)
        .named(name)
        .orElseGet(() -> new TagSearch(home, registry, inputs, run).named(name));
  }

  /// The previous good delivery.
  ///
  /// @param base of the GitOps repository, where there is one
  /// @throws ActionException when none is known
  WayBack previous(Inputs inputs, RunContext run, Optional<Snapshot> base) {
    Optional<WayBack> noted = inLedger(inputs, run).previous();
    Optional<FileSearch> files =
        base.map(
            known -> new FileSearch(targets.gitOps(), inputs.gitOps().orElseThrow(), known, run));
    TagSearch tags = new TagSearch(home, registry, inputs, run);
    return noted
        // Not every delivery could be noted.
        .filter(way -> files.stream().allMatch(known -> known.isLeftBy(way)))
        .or(() -> files.flatMap(FileSearch::previous).map(way -> way.to(tags.completed(way.to()))))
        .or(() -> noted)
        .or(() -> inputs.ecs().map(wanted -> ofService(wanted, inputs, run)))
        .or(tags::previous)
        .orElseThrow(() -> unknown(inputs));
  }

  /// What was there before this run's own delivery.
  WayBack before(Plan failed, Inputs inputs, RunContext run) {
    List<Value> before = new ArrayList<>();
    List<Value> ours = new ArrayList<>();
    for (FileChange change : failed.gitOps().map(Plan.GitOps::changes).orElse(List.of())) {
      for (FileChange.Scalar scalar : change.scalars()) {
        before.add(new Value(change.path(), scalar.key(), scalar.from()));
      }
    }
    PlaceholderValues values = failed.values(run);
    inputs.gitOps().stream()
        .flatMap(wanted -> wanted.updates().stream())
        .forEach(update ->
            ours.add(new Value(update.file(), update.key(), values.expand(update.value()))));
    Optional<DeliveryRecord> noted = inLedger(inputs, run).previous().map(WayBack::to);
    DeliveryRecord memory =
        new TemplateMemory(inputs.gitOps().map(Inputs.GitOps::updates).orElse(List.of()))
            .record(before, Optional.empty(), run);
    return new WayBack(
        new DeliveryRecord(
            noted.map(DeliveryRecord::commit).orElseGet(memory::commit),
            noted.flatMap(DeliveryRecord::version).or(memory::version),
            noted.map(DeliveryRecord::images).orElseGet(memory::images),
            before,
            failed.ecs().map(EcsCluster.Service::taskDefinition)),
        Optional.empty(),
        "the delivery did not come up",
        Optional.of(ours),
        Optional::empty,
        Optional.empty(),
        List.of());
  }

  private LedgerSearch inLedger(Inputs inputs, RunContext run) {
    return new LedgerSearch(ledger.entries(inputs), run.runId());
  }

  /// What the service's own history says. Its definition names the image.
  private WayBack ofService(Inputs.EcsService wanted, Inputs inputs, RunContext run) {
    EcsCluster.Service service = targets.ecs().lookBack(wanted, new EcsCluster.Goal.Previous());
    return new WayBack(
        new DeliveryRecord(
            run.commit(),
            Optional.empty(),
            image(service.image(), inputs).stream().toList(),
            List.of(),
            Optional.of(definition(service))),
        Optional.of(EntryNote.revision(service.taskDefinition())),
        "the service ran %s before".formatted(EntryNote.revision(definition(service))),
        Optional.empty(),
        Optional::empty,
        Optional.empty(),
        List.of());
  }

  private static String definition(EcsCluster.Service service) {
    return switch (service.next()) {
      case Next.Same _, Next.New _ -> service.taskDefinition();
      case Next.Registered(String arn) -> arn;
      case Next.Earlier(String arn, var _) -> arn;
    };
  }

  /// The component that the image belongs to; empty where it is none of the inputs'.
  private Optional<Image> image(String reference, Inputs inputs) {
    try {
      ImageReferenceText text = ImageReferenceText.parse(reference);
      return inputs.components().stream()
          .filter(
              component -> component.repository().map(this::name).equals(Optional.of(text.name())))
          .findFirst()
          .map(component ->
              new Image(
                  component.name(), Optional.of(text.name()), List.of(text.tag()), text.digest()));
    } catch (IllegalArgumentException _) {
      // Whoever wrote that definition, did not write it for an image of ours.
      return Optional.empty();
    }
  }

  private ImageName name(String repository) {
    return registry.name(repository);
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
