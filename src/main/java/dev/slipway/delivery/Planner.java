package dev.slipway.delivery;

import dev.slipway.image.ImageReference;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problems;
import dev.slipway.version.ResolvedVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides everything before anything is done. Looks at the archive, the tags, the registry and the
/// GitOps repository, and changes nothing.
public final class Planner {
  private final ApplicationRepository home;
  private final ImageArchives archives;
  private final ImageRegistry registry;
  private final Targets targets;
  private final Survey survey;

  public Planner(
      ApplicationRepository home, ImageArchives archives, ImageRegistry registry, Targets targets) {
    this.home = home;
    this.archives = archives;
    this.registry = registry;
    this.targets = targets;
    this.survey = new Survey(home, archives, registry, targets);
  }

  ApplicationRepository home() {
    return home;
  }

  /// The planner for the other direction.
  RollbackPlanner backwards(LedgerStage ledger) {
    return new RollbackPlanner(home, archives, registry, targets, ledger);
  }

  /// The plan for this run.
  ///
  /// @throws ActionException with every problem that stands in its way
  public Plan plan(Inputs inputs, RunContext run) {
    EventRules.refuseForeignCode(inputs, run);
    EventRules.refuseUnmergedRelease(inputs, run);
    return decide(inputs, run, survey.look(inputs, run));
  }

  private Plan decide(Inputs inputs, RunContext run, Survey.Findings found) {
    if (found.version().isSuperseded()) {
      return nothing(run, found.version());
    }
    Plan plan = images(inputs, run, found);
    found.script().ifPresent(_ -> ScriptVariables.of(plan));
    PlaceholderValues onTrial =
        plan.with(plan.images().stream().map(PlannedImage::onTrial).toList()).values(run);
    return plan.with(
        inputs
            .gitOps()
            .map(wanted -> Plan.GitOps.of(run, wanted, found.base().orElseThrow(), onTrial)),
        inputs.ecs().map(wanted -> targets.ecs().look(wanted, reference(plan, wanted))));
  }

  private static Plan nothing(RunContext run, VersionChoice.Chosen version) {
    return new Plan(
        run.commit(),
        version.version(),
        version.release(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// All but the targets that want to know the images.
  private static Plan images(Inputs inputs, RunContext run, Survey.Findings found) {
    Optional<ResolvedVersion> version = found.version().version();
    List<TagChoice> choices =
        found.components().stream().map(looked -> tags(inputs, run, version, looked)).toList();
    return new Plan(
        run.commit(),
        version,
        found.version().release(),
        images(choices, found.components()),
        choices.stream().flatMap(choice -> choice.skipped().stream()).toList(),
        Optional.empty(),
        Optional.empty(),
        found.script(),
        Optional.empty());
  }

  private static TagChoice tags(
      Inputs inputs, RunContext run, Optional<ResolvedVersion> version, Survey.Looked looked) {
    return new TagChoice(
        run,
        version,
        inputs.versioning().releasing().isPresent(),
        looked.component(),
        looked.name());
  }

  private static List<PlannedImage> images(
      List<TagChoice> choices, List<Survey.Looked> components) {
    Problems problems = new Problems();
    List<PlannedImage> images = new ArrayList<>();
    for (int i = 0; i < components.size(); i++) {
      TagChoice tags = choices.get(i);
      Survey.Looked looked = components.get(i);
      problems.attempt(() -> image(tags, looked)).ifPresent(images::add);
    }
    problems.throwIfAny();
    refuseSharedTags(images);
    return images;
  }

  private static PlannedImage image(TagChoice tags, Survey.Looked looked) {
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

  private static ImageReference reference(Plan plan, Inputs.EcsService wanted) {
    return plan.imageOf(wanted).flatMap(PlannedImage::reference).orElseThrow();
  }
}
