package dev.slipway.delivery;

import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.delivery.ImageRegistry.Readiness;
import dev.slipway.delivery.VersionChoice.Chosen;
import dev.slipway.image.ImageName;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problems;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What has to be known before anything is decided: looks at the archives, the tags, the registry,
/// the GitOps repository and the machines, and changes nothing.
record Survey(
    ApplicationRepository home, ImageArchives archives, ImageRegistry registry, Targets targets) {

  /// What the looks brought out.
  record Findings(
      List<Looked> components,
      Chosen version,
      Optional<Snapshot> base,
      Optional<RemoteScripts.Script> script) {}

  /// What the looks brought out about one component.
  record Looked(
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

  /// All that can be found, at the same time.
  ///
  /// @throws ActionException with every problem of every look
  Findings look(Inputs inputs, RunContext run) {
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

  private Chosen version(Inputs inputs, RunContext run) {
    return new VersionChoice(home, inputs.versioning(), run).choose(VersionChoice.isNeeded(inputs));
  }

  private Place place(Inputs.Component component, String path) {
    ImageName name = registry.name(path);
    return new Place(name, component.source().isPresent() ? registry.check(name) : Readiness.READY);
  }

  /// The GitOps repository as it is. Only a dry run may go on where it could not be written.
  static Snapshot base(Inputs inputs, Inputs.GitOps wanted, Targets targets) {
    Snapshot base = targets.gitOps().repository().read(wanted.branch(), FileChanges.paths(wanted));
    if (!inputs.dryRun() && !base.obstacles().isEmpty()) {
      throw new ActionException(base.obstacles());
    }
    return base;
  }
}
