package dev.slipway.delivery;

import dev.slipway.delivery.DeliveryRecord.Image;
import dev.slipway.delivery.DeliveryRecord.Value;
import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.delivery.ImageRegistry.Readiness;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageSource;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.problem.Problems;
import dev.slipway.template.Template;
import dev.slipway.version.ResolvedVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Plans the way back to an earlier delivery. Changes nothing.
///
/// The images are there already: a rollback pushes none, it points their tags at them again.
final class RollbackPlanner {
  private final ImageArchives archives;
  private final ImageRegistry registry;
  private final Targets targets;
  private final RollbackSearch search;

  RollbackPlanner(
      ApplicationRepository home,
      ImageArchives archives,
      ImageRegistry registry,
      Targets targets,
      LedgerStage ledger) {
    this.archives = archives;
    this.registry = registry;
    this.targets = targets;
    this.search = new RollbackSearch(home, registry, targets, ledger);
  }

  /// The way to the delivery that the author named, or else to the previous good one.
  ///
  /// @throws ActionException with every problem that stands in its way
  Retreat plan(Inputs inputs, RunContext run, Optional<String> to) {
    EventRules.refuseForeignCode(inputs, run);
    Optional<Snapshot> base = base(inputs);
    WayBack way =
        to.map(name -> search.named(name, inputs, run))
            .orElseGet(() -> search.previous(inputs, run, base));
    return towards(way, inputs, run, base);
  }

  /// The way back from a delivery of this run that did not come up.
  ///
  /// @param failed what was planned
  /// @throws ActionException also when somebody else has delivered since
  Retreat undo(Plan failed, Inputs inputs, RunContext run) {
    UndoCheck check = new UndoCheck(failed, targets.gitOps().sources(), run);
    inputs.namedScript().ifPresent(_ -> check.refuseDelivered(search.since(inputs, run), inputs));
    Optional<Snapshot> base = base(inputs);
    inputs.gitOps().ifPresent(wanted -> check.refuseNewerProposal(base.orElseThrow(), wanted));
    Retreat retreat = towards(search.before(failed, inputs, run), inputs, run, base);
    retreat.plan().ecs().ifPresent(check::refuseMoved);
    return retreat;
  }

  private Optional<Snapshot> base(Inputs inputs) {
    return inputs.gitOps().map(wanted -> Survey.base(inputs, wanted, targets));
  }

  private Retreat towards(WayBack way, Inputs inputs, RunContext run, Optional<Snapshot> base) {
    RunContext then = run.delivering(way.to().commit());
    Plan plan = begun(way, inputs, then);
    Inputs back = inputs.gitOps().map(wanted -> inputs.with(back(wanted, way, run))).orElse(inputs);
    Optional<Plan.GitOps> change =
        back.gitOps()
            .map(wanted -> Plan.GitOps.of(then, wanted, base.orElseThrow(), plan.values(then)));
    Optional<EcsCluster.Service> service =
        inputs.ecs().map(wanted -> targets.ecs().lookBack(wanted, goal(way.to())));
    service
        .filter(found -> way.noted() && !OwnImages.of(inputs, registry).include(found.image()))
        .ifPresent(found -> refuse(found, way));
    return new Retreat(back, then, plan.with(change, service), way.left());
  }

  /// The plan but for the GitOps repository and the service.
  private Plan begun(WayBack way, Inputs inputs, RunContext then) {
    Problems problems = new Problems();
    Plan plan =
        new Plan(
            then.commit(),
            way.to()
                .version()
                .flatMap(
                    text -> ResolvedVersion.noted(text, "the delivery that is returned to had it")),
            Optional.empty(),
            images(way, inputs, problems),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            inputs
                .script()
                .flatMap(wanted -> problems.attempt(() -> targets.scripts().look(wanted))),
            Optional.of(way.planned()));
    problems.throwIfAny();
    return plan;
  }

  private static void refuse(EcsCluster.Service found, WayBack way) {
    throw new ActionException(
        "%s cannot be returned to".formatted(way.to().label()),
        "its deployment names %s, and that runs %s, an image of another registry or repository than this step's"
            .formatted(way.to().taskDefinition().orElse("no task definition"), found.image()),
        "Set `rollback-to` to another version; find out who wrote the deployment: that takes `deployments: write`");
  }

  private List<PlannedImage> images(WayBack way, Inputs inputs, Problems problems) {
    return inputs.components().stream()
        .flatMap(component ->
            way.to().images().stream()
                .filter(image -> image.component().equals(component.name()))
                .limit(1)
                .flatMap(
                    image -> problems.attempt(() -> image(image, component, inputs, way)).stream()))
        .toList();
  }

  private PlannedImage image(Image then, Inputs.Component component, Inputs inputs, WayBack way) {
    Optional<ImageName> home =
        inputs.registry().isEmpty() ? Optional.empty() : component.repository().map(registry::name);
    Optional<ImageName> name = then.name().or(() -> home);
    // An image that somebody named in the file before may be in any registry.
    Optional<PlannedImage.Push> push =
        name.filter(_ -> name.equals(home)).map(known -> found(then, known, way));
    Optional<Digest> digest =
        then.digest().or(() -> push.flatMap(known -> known.summary().digest()));
    return new PlannedImage(then.component(), then.tags(), name, digest, push);
  }

  /// The image as the registry has it.
  private PlannedImage.Push found(Image then, ImageName name, WayBack way) {
    String text = name.tagged(then.tags().getFirst()).toString();
    ImageSource source =
        new ImageSource.InRegistry(
            then.digest().map(digest -> text + "@" + digest).orElse(text),
            name,
            then.tags().getFirst(),
            then.digest());
    try {
      return new PlannedImage.Push(source, archives.inspect(source), Readiness.READY);
    } catch (ActionException e) {
      throw new ActionException(e.problems().stream().map(problem -> gone(problem, way)).toList());
    }
  }

  private static Problem gone(Problem problem, WayBack way) {
    return new Problem(
        "%s cannot be returned to".formatted(way.to().label()),
        "%s: %s".formatted(problem.what(), problem.why()),
        way.further()
                .get()
                .map(further ->
                    "Set `rollback-to: %s` for the delivery before it".formatted(further))
                .orElse("Set `rollback-to` to a version whose image is there still")
            + ", or build the commit %s again and deploy it"
                .formatted(way.to().commit().shortened(7)));
  }

  /// The same keys with their earlier values; what else is in the files stays.
  private static Inputs.GitOps back(Inputs.GitOps wanted, WayBack way, RunContext run) {
    String headline = "Roll back %s to %s".formatted(run.repository().name(), way.to().label());
    return wanted.with(
        wanted.updates().stream().map(update -> back(update, way)).toList(),
        new Inputs.Message(
            Optional.of(
                Template.literal(headline + "\n\n" + RollbackTrailers.of(run, way.written()))),
            Optional.of(Template.literal(headline)),
            Optional.empty(),
            wanted.message().branch(),
            wanted.message().autoMerge()));
  }

  private static ValueUpdate back(ValueUpdate update, WayBack way) {
    return way.to().values().stream()
        .filter(value -> value.file().equals(update.file()) && value.key().equals(update.key()))
        .findFirst()
        .map(value -> back(value, way))
        .orElse(update);
  }

  private static ValueUpdate back(Value value, WayBack way) {
    return new ValueUpdate(
        value.file(), value.key(), Template.literal(value.text()), way.replaceable(value));
  }

  private static EcsCluster.Goal goal(DeliveryRecord to) {
    return to.taskDefinition()
        .<EcsCluster.Goal>map(EcsCluster.Goal.Definition::new)
        .orElseGet(() -> new EcsCluster.Goal.Image(references(to)));
  }

  private static Set<String> references(DeliveryRecord to) {
    Set<String> references = new HashSet<>();
    for (Image image : to.images()) {
      image
          .reference()
          .ifPresent(reference -> {
            references.add(reference.toString());
            image
                .digest()
                .ifPresent(digest -> {
                  references.add(reference + "@" + digest);
                  references.add(reference.name() + "@" + digest);
                });
          });
    }
    return references;
  }
}
