package dev.slipway.delivery;

import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.delivery.ImageRegistry.Readiness;
import dev.slipway.delivery.VersionChoice.Chosen;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageReference;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problems;
import dev.slipway.version.ResolvedVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Decides everything before anything is done. Looks at the archive, the tags, the registry and the
/// GitOps repository, and changes nothing.
public final class Planner {
  private final ApplicationRepository home;
  private final ImageArchives archives;
  private final ImageRegistry registry;
  private final Targets targets;

  public Planner(
      ApplicationRepository home, ImageArchives archives, ImageRegistry registry, Targets targets) {
    this.home = home;
    this.archives = archives;
    this.registry = registry;
    this.targets = targets;
  }

  ApplicationRepository home() {
    return home;
  }

  /// The planner for the other direction.
  RollbackPlanner backwards(LedgerStage ledger) {
    return new RollbackPlanner(home, archives, registry, targets, ledger);
  }

  /// What the looks brought out.
  private record Findings(
      List<Looked> components,
      Chosen version,
      Optional<Snapshot> base,
      Optional<RemoteScripts.Script> script) {}

  /// What the looks brought out about one component.
  private record Looked(
      Inputs.Component component, Optional<ImageArchives.Summary> summary, Optional<Place> place) {
    Optional<ImageName> name() {
      return place.map(Place::name);
    }

    Optional<PlannedImage.Push> push() {
      return summary.map(known ->
          new PlannedImage.Push(
              component.source().orElseThrow(),
              known,
              place.map(Place::readiness).orElse(Readiness.READY)));
    }
  }

  /// Where an image goes.
  private record Place(ImageName name, Readiness readiness) {}

  /// The plan for this run.
  ///
  /// @throws ActionException with every problem that stands in its way
  public Plan plan(Inputs inputs, RunContext run) {
    refuseForeignCode(inputs, run);
    refuseUnmergedRelease(inputs, run);
    return decide(inputs, run, look(inputs, run));
  }

  static void refuseForeignCode(Inputs inputs, RunContext run) {
    if (run.foreign() && !inputs.dryRun()) {
      throw new ActionException(
          "Code from outside the repository is not delivered",
          "the event is %s, and its commit comes from a fork or runs with the base repository's secrets"
              .formatted(run.event()),
          "deliver from a push to a branch of the repository, or set `dry-run: true` here");
    }
  }

  /// The commits of these events are none of a branch that is released, or need not be.
  private static void refuseUnmergedRelease(Inputs inputs, RunContext run) {
    boolean unmerged =
        run.event().startsWith("pull_request")
            || run.event().equals("merge_group")
            || run.event().equals("workflow_run");
    if (unmerged && inputs.versioning().releasing().isPresent() && !inputs.dryRun()) {
      throw new ActionException(
          "A release is not made on the event " + run.event(),
          "its commit need not be on the branch that is released, and a version tag is for ever",
          "release on a push to the branch, or set `release: none` or `dry-run: true` for this event");
    }
  }

  private Findings look(Inputs inputs, RunContext run) {
    Problems problems = new Problems();
    try (Lookups lookups = new Lookups()) {
      List<Supplier<Looked>> components =
          inputs.components().stream()
              .map(component -> look(component, lookups, problems))
              .toList();
      Supplier<Chosen> version = lookups.begin(() -> version(inputs, run));
      Optional<Supplier<Snapshot>> base =
          inputs.gitOps().map(wanted -> lookups.begin(() -> base(inputs, wanted, targets)));
      Optional<Supplier<RemoteScripts.Script>> script =
          inputs.script().map(wanted -> lookups.begin(() -> targets.scripts().look(wanted)));
      List<Looked> looked = components.stream().map(Supplier::get).toList();
      Optional<Chosen> chosen = problems.attempt(version);
      Optional<Snapshot> snapshot = base.flatMap(problems::attempt);
      Optional<RemoteScripts.Script> machines = script.flatMap(problems::attempt);
      problems.throwIfAny();
      return new Findings(looked, chosen.orElseThrow(), snapshot, machines);
    }
  }

  private Supplier<Looked> look(Inputs.Component component, Lookups lookups, Problems problems) {
    Optional<Supplier<ImageArchives.Summary>> summary =
        component.source().map(source -> lookups.begin(() -> archives.inspect(source)));
    Optional<Supplier<Place>> place =
        component.repository().map(path -> lookups.begin(() -> place(component, path)));
    return () ->
        new Looked(component, summary.flatMap(problems::attempt), place.flatMap(problems::attempt));
  }

  private static boolean needsVersion(Inputs inputs) {
    return inputs.templates().anyMatch(MovingTags::isOfTheVersion)
        || inputs.script().filter(script -> script.reads(ScriptVariables.VERSION)).isPresent();
  }

  private Chosen version(Inputs inputs, RunContext run) {
    return new VersionChoice(home, inputs.versioning(), run).choose(needsVersion(inputs));
  }

  private Place place(Inputs.Component component, String path) {
    ImageName name = registry.name(path);
    return new Place(name, component.source().isPresent() ? registry.check(name) : Readiness.READY);
  }

  static Snapshot base(Inputs inputs, Inputs.GitOps wanted, Targets targets) {
    Snapshot base = targets.gitOps().repository().read(wanted.branch(), FileChanges.paths(wanted));
    if (!inputs.dryRun() && !base.obstacles().isEmpty()) {
      throw new ActionException(base.obstacles());
    }
    return base;
  }

  private Plan decide(Inputs inputs, RunContext run, Findings found) {
    Optional<ResolvedVersion> version = found.version().version();
    if (found.version().isSuperseded()) {
      return new Plan(
          run.commit(),
          version,
          found.version().release(),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
    List<TagChoice> choices =
        found.components().stream().map(looked -> tags(inputs, run, version, looked)).toList();
    Plan plan =
        new Plan(
            run.commit(),
            version,
            found.version().release(),
            images(choices, found.components()),
            choices.stream().flatMap(choice -> choice.skipped().stream()).toList(),
            Optional.empty(),
            Optional.empty(),
            found.script(),
            Optional.empty());
    found.script().ifPresent(_ -> ScriptVariables.of(plan));
    PlaceholderValues onTrial =
        plan.with(plan.images().stream().map(PlannedImage::onTrial).toList()).values(run);
    return plan.with(
        inputs.gitOps().map(wanted -> change(run, wanted, found.base().orElseThrow(), onTrial)),
        inputs.ecs().map(wanted -> targets.ecs().look(wanted, reference(plan, wanted))));
  }

  private static ImageReference reference(Plan plan, Inputs.EcsService wanted) {
    return plan.imageOf(wanted).flatMap(PlannedImage::reference).orElseThrow();
  }

  private static TagChoice tags(
      Inputs inputs, RunContext run, Optional<ResolvedVersion> version, Looked looked) {
    return new TagChoice(
        run,
        version,
        inputs.versioning().releasing().isPresent(),
        looked.component(),
        looked.name());
  }

  private static List<PlannedImage> images(List<TagChoice> choices, List<Looked> components) {
    Problems problems = new Problems();
    List<PlannedImage> images = new ArrayList<>();
    for (int i = 0; i < components.size(); i++) {
      TagChoice tags = choices.get(i);
      Looked looked = components.get(i);
      problems.attempt(() -> image(tags, looked)).ifPresent(images::add);
    }
    problems.throwIfAny();
    refuseSharedTags(images);
    return images;
  }

  private static PlannedImage image(TagChoice tags, Looked looked) {
    Inputs.Component component = looked.component();
    return new PlannedImage(
        component.name(),
        tags.tags(),
        looked.name(),
        looked.summary().map(ImageArchives.Summary::digest).orElse(component.digest()),
        looked.push());
  }

  /// One would overwrite the other, and which of them stays would be chance.
  private static void refuseSharedTags(List<PlannedImage> images) {
    Problems problems = new Problems();
    Map<ImageReference, String> owners = new HashMap<>();
    for (PlannedImage image : images) {
      String component = image.component().orElse("");
      image.name().stream()
          .flatMap(name -> image.tags().stream().map(name::tagged))
          .forEach(reference -> {
            String other = owners.putIfAbsent(reference, component);
            if (other != null) {
              problems.add(
                  "The components %s and %s have the same image %s"
                      .formatted(other, component, reference),
                  "the second push would replace the first",
                  "put `{component}` into `tag` and `extra-tags`, or give each its own `repository`");
            }
          });
    }
    problems.throwIfAny();
  }

  static Plan.GitOps change(
      RunContext run, Inputs.GitOps wanted, Snapshot base, PlaceholderValues values) {
    return new Plan.GitOps(
        wanted.repository(),
        base,
        headBranch(run, wanted, base.branch()),
        new FileChanges(wanted, base, values).all());
  }

  private static Optional<String> headBranch(RunContext run, Inputs.GitOps wanted, String base) {
    return switch (wanted.delivery()) {
      case PULL_REQUEST -> Optional.of(DeliveryText.headBranch(run, wanted, base));
      case COMMIT -> Optional.empty();
    };
  }
}
