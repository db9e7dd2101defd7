package dev.slipway.delivery;

import dev.slipway.delivery.DeliveryRecord.Image;
import dev.slipway.delivery.DeliveryRecord.Value;
import dev.slipway.delivery.DeploymentLedger.Entry;
import dev.slipway.delivery.DeploymentLedger.Note;
import dev.slipway.delivery.DeploymentLedger.Standing;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Notes what a run delivers, where the author named an environment.
///
/// The ledger serves a later rollback. A delivery is not stopped for its sake: what cannot be noted
/// or read is a warning.
final class LedgerStage {
  private final DeploymentLedger ledger;
  private final Progress progress;
  private final Map<List<String>, List<Entry>> read = new HashMap<>();
  private final Set<Problem> warned = new HashSet<>();

  LedgerStage(DeploymentLedger ledger, Progress progress) {
    this.ledger = ledger;
    this.progress = progress;
  }

  /// What was noted of this target, the newest first; nothing without an environment, nor where it
  /// cannot be read.
  List<Entry> entries(Inputs inputs) {
    return tolerant(() -> readableEntries(inputs)).orElse(List.of());
  }

  /// What was noted of this target, the newest first; nothing without an environment. Read once as
  /// long as nothing is written.
  ///
  /// @throws ActionException when it cannot be read: what is not known is not what is not there
  List<Entry> readableEntries(Inputs inputs) {
    String target = target(inputs);
    return inputs.environment().stream()
        .flatMap(environment ->
            read
                .computeIfAbsent(
                    List.of(environment, target), _ -> ledger.entries(environment, target))
                .stream())
        .toList();
  }

  /// Reads anew what is asked for next.
  void forget() {
    read.clear();
  }

  /// Tells that the newest delivery was not noted.
  void isBehind(Inputs inputs) {
    progress.warning(
        "The deployments of %s do not show what is there now, so the files decide where to return to"
            .formatted(inputs.environment().orElse("the environment")),
        "Give every job that delivers there `permissions: deployments: write`, and the same `deployment-environment`");
  }

  /// Tells that deliveries of other images are noted.
  void hasForeign(Inputs inputs, int count) {
    progress.warning(
        "%d of the deployments of %s are not believed: they name another registry, repository or value than this step could have written"
            .formatted(count, inputs.environment().orElse("the environment")),
        "Where the image moved, or `gitops-update` changed, since then, say where to in `rollback-to`; otherwise find out who has `deployments: write`");
  }

  /// Notes that a delivery begins, unless the same one stands there already and went well.
  ///
  /// @param course with every digest
  /// @return the entry to settle; empty where nothing is noted
  Optional<String> begin(Course course) {
    Inputs inputs = course.inputs();
    if (inputs.environment().isEmpty()) {
      return Optional.empty();
    }
    DeliveryRecord record = record(course);
    if (same(course, record).isPresent()) {
      // It was so before the push.
      forget();
    }
    Optional<Entry> newest = same(course, record);
    if (newest.isPresent() && newest.get().standing() != Standing.BAD) {
      return newest.filter(entry -> entry.standing() != Standing.GOOD).map(Entry::id);
    }
    read.clear();
    return tolerant(() ->
        ledger.begin(
            new Note(
                inputs.environment().get(),
                target(inputs),
                record,
                course.run().runId(),
                course.run().runUrl(),
                course.plan().rollback().isPresent())));
  }

  /// The newest entry, if it says the same.
  private Optional<Entry> same(Course course, DeliveryRecord record) {
    return entries(course.inputs()).stream()
        .findFirst()
        .map(Entry::completed)
        .filter(entry -> entry.record().isSame(record) && !isLeft(entry, course.plan()));
  }

  /// Whether what stands there is left for a task definition that is yet to be registered: the same
  /// image in another one is another delivery.
  private static boolean isLeft(Entry newest, Plan plan) {
    return newest.standing() == Standing.GOOD
        && plan.ecs().filter(service -> service.next() instanceof EcsCluster.Next.New).isPresent();
  }

  /// Notes how it ended.
  void end(Optional<String> entry, List<Rollout> rollouts) {
    entry.ifPresent(id -> settle(id, standing(rollouts), text(rollouts)));
  }

  /// Notes that it failed.
  void failed(Optional<String> entry, ActionException why) {
    entry.ifPresent(id -> settle(id, Standing.BAD, why.problems().getFirst().what()));
  }

  /// Notes that it came too late, and moved nothing.
  void passed(Optional<String> entry) {
    entry.ifPresent(id -> settle(id, Standing.BAD, EntryNote.passed()));
  }

  /// Notes what a rollback has led back from.
  void left(Retreat retreat) {
    String why =
        retreat
            .plan()
            .rollback()
            .map(PlannedRollback::to)
            .map("Rolled back to "::concat)
            .orElse("");
    retreat.left().forEach(id -> settle(id, Standing.BAD, why));
  }

  private void settle(String id, Standing standing, String why) {
    read.clear();
    tolerant(() -> {
      ledger.settle(id, standing, why);
      return id;
    });
  }

  /// What is asked for the ledger's sake; empty, with a warning, where that is refused.
  <T> Optional<T> tolerant(Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (ActionException e) {
      e.problems().stream()
          // The ledger is read more than once.
          .filter(warned::add)
          .forEach(
              problem -> progress.warning(problem.what() + ": " + problem.why(), problem.fix()));
      return Optional.empty();
    }
  }

  /// Names what the inputs deliver to, so that services that share an environment stay apart.
  private static String target(Inputs inputs) {
    Stream<String> images =
        inputs.components().stream().flatMap(component -> component.repository().stream());
    Stream<String> gitOps =
        inputs.gitOps().stream()
            .map(wanted ->
                "%s %s %s"
                    .formatted(
                        wanted.repository(),
                        wanted.branch().orElse(""),
                        DeliveryText.target(wanted)));
    String region = inputs.access().aws().region().orElse("");
    Stream<String> ecs =
        inputs.ecs().stream()
            .map(service -> "%s %s %s".formatted(region, service.cluster(), service.service()));
    Stream<String> script =
        inputs.script().stream()
            .map(wanted -> "%s %s %s".formatted(region, wanted.targets(), tags(inputs)));
    return Fingerprint.of(
        Stream.of(images.sorted(), gitOps, ecs, script)
            .flatMap(part -> part)
            .collect(Collectors.joining("\n")));
  }

  /// Machines say nothing of what they run, and two images may share a repository by their tags.
  private static String tags(Inputs inputs) {
    return inputs.components().stream()
        .map(component -> component.tag().toString())
        .sorted()
        .collect(Collectors.joining(" "));
  }

  /// What the plan brings where.
  private static DeliveryRecord record(Course course) {
    Plan plan = course.plan();
    PlaceholderValues values = plan.values(course.run());
    return new DeliveryRecord(
        plan.commit(),
        plan.version().map(version -> version.text()),
        plan.images().stream().map(Image::of).toList(),
        course.inputs().gitOps().stream()
            .flatMap(wanted -> wanted.updates().stream())
            .map(update -> new Value(update.file(), update.key(), values.expand(update.value())))
            .toList(),
        plan.rollback()
            .flatMap(PlannedRollback::taskDefinition)
            .or(() -> plan.ecs().flatMap(LedgerStage::taskDefinition)));
  }

  /// One that is yet to be registered has no name.
  private static Optional<String> taskDefinition(EcsCluster.Service service) {
    return switch (service.next()) {
      case EcsCluster.Next.Same _ -> Optional.of(service.taskDefinition());
      case EcsCluster.Next.Registered(String arn) -> Optional.of(arn);
      case EcsCluster.Next.Earlier(String arn, var anew) ->
          anew.isEmpty() ? Optional.of(arn) : Optional.empty();
      case EcsCluster.Next.New _ -> Optional.empty();
    };
  }

  private static Standing standing(List<Rollout> rollouts) {
    if (rollouts.stream().anyMatch(Rollout::superseded)) {
      return Standing.BAD;
    }
    return rollouts.stream().anyMatch(Rollout::pending) ? Standing.PENDING : Standing.GOOD;
  }

  private static String text(List<Rollout> rollouts) {
    return rollouts.isEmpty()
        ? "The image is in the registry"
        : rollouts.stream().map(LedgerStage::text).collect(Collectors.joining("; "));
  }

  private static String text(Rollout rollout) {
    return switch (rollout) {
      case Rollout.AlreadyUpToDate(var branch, var head, var _, var _) ->
          "%s says it at %s".formatted(branch, head.shortened(7));
      case Rollout.Committed(var branch, var commit, var _) ->
          "Commit %s on %s".formatted(commit.shortened(7), branch);
      case Rollout.PullRequestOpen open ->
          EntryNote.pullRequest(open.proposed().pullRequest().number());
      case Rollout.ServiceRuns runs -> EntryNote.runs(runs.taskDefinition());
      case Rollout.ScriptRan ran -> "Run Command " + ran.command();
      case Rollout.Superseded _, Rollout.ServiceSuperseded _ -> "A newer delivery is there";
    };
  }
}
