package dev.slipway.delivery;

import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.Tag;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problems;
import dev.slipway.template.Placeholder;
import dev.slipway.template.Template;
import dev.slipway.version.ResolvedVersion;
import dev.slipway.version.TagHistory;
import dev.slipway.version.VersionResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Decides everything before anything is done. Looks at the archive, the tags, the registry and the
/// GitOps repository, and changes nothing.
public final class Planner {
  /// Stands for a digest that only the push brings out, so that the edit can be tried before it.
  static final Digest NOT_YET_KNOWN = new Digest("sha256:" + "0".repeat(64));

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
      Optional<Plan.Push> push,
      Optional<ResolvedVersion> version,
      Optional<ImageName> name,
      Optional<Snapshot> base) {}

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
      Optional<Supplier<Plan.Push>> push =
          inputs.push().map(wanted -> lookups.begin(() -> archive(wanted)));
      Optional<Supplier<ResolvedVersion>> version =
          needsVersion(inputs)
              ? Optional.of(lookups.begin(() -> version(inputs, run)))
              : Optional.empty();
      Optional<Supplier<ImageName>> name =
          inputs.repository().map(wanted -> lookups.begin(() -> name(inputs, wanted)));
      Optional<Supplier<Snapshot>> base =
          inputs.gitOps().map(wanted -> lookups.begin(() -> base(inputs, wanted)));
      Findings findings =
          new Findings(
              push.flatMap(problems::attempt),
              version.flatMap(problems::attempt),
              name.flatMap(problems::attempt),
              base.flatMap(problems::attempt));
      problems.throwIfAny();
      return findings;
    }
  }

  private Plan.Push archive(Inputs.Push wanted) {
    return new Plan.Push(wanted.source(), archives.inspect(wanted.source()));
  }

  private static boolean needsVersion(Inputs inputs) {
    return inputs
        .templates()
        .anyMatch(template -> OF_THE_VERSION.stream().anyMatch(template::uses));
  }

  private ResolvedVersion version(Inputs inputs, RunContext run) {
    return new VersionResolver(
            history, inputs.tags().gitTagPrefix(), inputs.tags().initialVersion())
        .resolve(run.commit(), run.eventTag());
  }

  private ImageName name(Inputs inputs, Inputs.Repository wanted) {
    ImageName name = registry.name(wanted.path());
    if (inputs.push().isPresent()) {
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
    Optional<Digest> digest =
        found.push().map(push -> push.summary().digest()).orElse(inputs.givenDigest());
    PlaceholderValues untagged =
        new PlaceholderValues(
            run, found.version(), found.name(), Optional.empty(), Optional.empty());
    List<Tag> tags = tags(inputs.tags(), untagged);
    Plan plan =
        new Plan(
            run.commit(),
            found.version(),
            tags,
            found.name(),
            digest,
            found.push(),
            Optional.empty());
    PlaceholderValues values =
        plan.values(run, digest.or(() -> found.push().map(_ -> NOT_YET_KNOWN)));
    return plan.with(
        inputs.gitOps().map(wanted -> change(run, wanted, found.base().orElseThrow(), values)));
  }

  private static List<Tag> tags(Inputs.Tags wanted, PlaceholderValues values) {
    Problems problems = new Problems();
    List<Tag> tags = new ArrayList<>();
    problems.attempt(() -> tag("tag", wanted.tag(), values)).ifPresent(tags::add);
    wanted
        .extra()
        .forEach(template ->
            problems.attempt(() -> tag("extra-tags", template, values)).ifPresent(tags::add));
    problems.throwIfAny();
    return tags.stream().distinct().toList();
  }

  private static Tag tag(String input, Template template, PlaceholderValues values) {
    String text = values.expandTag(template);
    try {
      return new Tag(text);
    } catch (IllegalArgumentException e) {
      throw ActionException.refused(
          "`%s` does not give a legal image tag".formatted(input),
          e,
          "change the template `%s`; {sha:N} and {version} are always legal".formatted(template));
    }
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
