package dev.slipway.delivery;

import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageReference;
import dev.slipway.image.ImageSource;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problems;
import dev.slipway.template.Placeholder;
import dev.slipway.version.ResolvedVersion;
import dev.slipway.version.TagHistory;
import dev.slipway.version.VersionResolver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Decides everything before anything is done. Looks at the archive, the tags, the registry and the
/// GitOps repository, and changes nothing.
public final class Planner {
  private static final Set<Placeholder> OF_THE_VERSION =
      Set.of(
          Placeholder.VERSION,
          Placeholder.MAJOR,
          Placeholder.MINOR,
          Placeholder.PATCH,
          Placeholder.TAG_NAME);

  private final TagHistory history;
  private final ImageArchives archives;
  private final ImageRegistry registry;
  private final GitOpsRepository gitOps;

  public Planner(
      TagHistory history, ImageArchives archives, ImageRegistry registry, GitOpsRepository gitOps) {
    this.history = history;
    this.archives = archives;
    this.registry = registry;
    this.gitOps = gitOps;
  }

  /// What the looks brought out.
  private record Findings(
      List<Looked> components, Optional<ResolvedVersion> version, Optional<Snapshot> base) {}

  /// What the looks brought out about one component.
  private record Looked(
      Inputs.Component component, Optional<PlannedImage.Push> push, Optional<ImageName> name) {}

  /// The plan for this run.
  ///
  /// @throws ActionException with every problem that stands in its way
  public Plan plan(Inputs inputs, RunContext run) {
    refuseForeignCode(inputs, run);
    return decide(inputs, run, look(inputs, run));
  }

  private static void refuseForeignCode(Inputs inputs, RunContext run) {
    if (run.foreign() && !inputs.dryRun()) {
      throw new ActionException(
          "Code from outside the repository is not delivered",
          "the event is %s, and its commit comes from a fork or runs with the base repository's secrets"
              .formatted(run.event()),
          "deliver from a push to a branch of the repository, or set `dry-run: true` here");
    }
  }

  private Findings look(Inputs inputs, RunContext run) {
    Problems problems = new Problems();
    try (Lookups lookups = new Lookups()) {
      List<Supplier<Looked>> components =
          inputs.components().stream()
              .map(component -> look(component, lookups, problems))
              .toList();
      Optional<Supplier<ResolvedVersion>> version =
          needsVersion(inputs)
              ? Optional.of(lookups.begin(() -> version(inputs, run)))
              : Optional.empty();
      Optional<Supplier<Snapshot>> base =
          inputs.gitOps().map(wanted -> lookups.begin(() -> base(inputs, wanted)));
      Findings findings =
          new Findings(
              components.stream().map(Supplier::get).toList(),
              version.flatMap(problems::attempt),
              base.flatMap(problems::attempt));
      problems.throwIfAny();
      return findings;
    }
  }

  private Supplier<Looked> look(Inputs.Component component, Lookups lookups, Problems problems) {
    Optional<Supplier<PlannedImage.Push>> push =
        component.source().map(source -> lookups.begin(() -> inspected(source)));
    Optional<Supplier<ImageName>> name =
        component.repository().map(path -> lookups.begin(() -> name(component, path)));
    return () ->
        new Looked(component, push.flatMap(problems::attempt), name.flatMap(problems::attempt));
  }

  private PlannedImage.Push inspected(ImageSource source) {
    return new PlannedImage.Push(source, archives.inspect(source));
  }

  private static boolean needsVersion(Inputs inputs) {
    return inputs
        .templates()
        .anyMatch(template -> OF_THE_VERSION.stream().anyMatch(template::uses));
  }

  private ResolvedVersion version(Inputs inputs, RunContext run) {
    return new VersionResolver(
            history, inputs.versioning().gitTagPrefix(), inputs.versioning().initialVersion())
        .resolve(run.commit(), run.eventTag());
  }

  private ImageName name(Inputs.Component component, String path) {
    ImageName name = registry.name(path);
    if (component.source().isPresent()) {
      registry.check(name);
    }
    return name;
  }

  private Snapshot base(Inputs inputs, Inputs.GitOps wanted) {
    Snapshot base = gitOps.read(wanted.branch(), FileChanges.paths(wanted));
    if (!inputs.dryRun() && !base.obstacles().isEmpty()) {
      throw new ActionException(base.obstacles());
    }
    return base;
  }

  private static Plan decide(Inputs inputs, RunContext run, Findings found) {
    Plan plan = new Plan(run.commit(), found.version(), images(run, found), Optional.empty());
    PlaceholderValues onTrial =
        plan.with(plan.images().stream().map(PlannedImage::onTrial).toList()).values(run);
    return plan.with(
        inputs.gitOps().map(wanted -> change(run, wanted, found.base().orElseThrow(), onTrial)));
  }

  private static List<PlannedImage> images(RunContext run, Findings found) {
    Problems problems = new Problems();
    List<PlannedImage> images =
        found.components().stream()
            .flatMap(looked -> problems.attempt(() -> image(run, found.version(), looked)).stream())
            .toList();
    problems.throwIfAny();
    refuseSharedTags(images);
    return images;
  }

  private static PlannedImage image(
      RunContext run, Optional<ResolvedVersion> version, Looked looked) {
    Inputs.Component component = looked.component();
    return new PlannedImage(
        component.name(),
        new TagChoice(run, version, component, looked.name()).tags(),
        looked.name(),
        looked.push().map(push -> push.summary().digest()).orElse(component.digest()),
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

  private static Plan.GitOps change(
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
