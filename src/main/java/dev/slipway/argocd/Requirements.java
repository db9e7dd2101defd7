package dev.slipway.argocd;

import dev.slipway.argocd.ApplicationState.Condition;
import dev.slipway.argocd.ApplicationState.Health;
import dev.slipway.argocd.ApplicationState.Operation;
import dev.slipway.argocd.ApplicationState.Resource;
import dev.slipway.argocd.Unmet.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What one look at an application must show for it to be live, images aside: at the commit,
/// without errors, no operation under way, synced, compared since the last sync, healthy.
///
/// @param sync whether we start the sync where auto-sync is off
record Requirements(Lineage lineage, FollowedSources sources, boolean sync) {

  /// The first condition that `state` does not meet.
  Optional<Unmet> unmet(ApplicationState state) {
    return error(state)
        .or(() -> lineage.missing(state, sources))
        .or(() -> operation(state))
        .or(() -> notSynced(state))
        .or(() -> stale(state))
        .or(() -> unhealthy(state));
  }

  private Optional<Unmet> error(ApplicationState state) {
    return state.errors().stream()
        .filter(condition -> !isLeftOver(condition, state))
        .findFirst()
        .map(condition ->
            new Unmet(
                Kind.ERROR, "%s: %s".formatted(condition.type(), Texts.line(condition.message()))));
  }

  /// Auto-sync does not retry a failed revision and shows that as SyncError. When the failure is an
  /// older revision's, the condition goes with the next sync; when it is ours, the operation tells
  /// more.
  private static boolean isLeftOver(Condition condition, ApplicationState state) {
    return condition.type().equals("SyncError")
        && state.operation().map(Operation::failed).orElse(false);
  }

  /// The request is looked at, not only the state: asking for an operation clears the state of the
  /// last one, so an empty state can mean that one has just been asked for.
  private Optional<Unmet> operation(ApplicationState state) {
    Optional<Operation> last = state.operation();
    Optional<Operation> running =
        last.filter(operation -> !operation.succeeded() && !operation.failed());
    if (running.isPresent()) {
      return running.map(operation -> new Unmet(Kind.OPERATION, underWay(operation, state)));
    }
    return state.requested()
        ? Optional.of(new Unmet(Kind.OPERATION, "a sync is requested"))
        : last.filter(Operation::failed)
            .filter(operation -> isOurs(operation, state) && isFinal(operation, state))
            .map(operation -> new Unmet(Kind.FAILED, failed(operation)));
  }

  /// Auto-sync tries once more where the application has moved on to another revision meanwhile.
  private static boolean isFinal(Operation operation, ApplicationState state) {
    return state.synced()
        || !state.spec().autoSync()
        || operation.revisions().equals(state.sync().revisions())
        || state.errors().stream().anyMatch(condition -> condition.type().equals("SyncError"));
  }

  private static String failed(Operation operation) {
    return "the sync to revision %s ended as %s: %s"
        .formatted(revision(operation), operation.phase(), Texts.line(operation.message()));
  }

  private String underWay(Operation operation, ApplicationState state) {
    String sync =
        "a sync to %s revision %s is %s"
            .formatted(
                isOurs(operation, state) ? "the" : "another",
                revision(operation),
                operation.phase());
    return operation.retries() == 0
        ? sync
        : "%s, retry %d: %s".formatted(sync, operation.retries(), Texts.line(operation.message()));
  }

  private static String revision(Operation operation) {
    return operation.revisions().stream().map(Texts::revision).findFirst().orElse("unknown");
  }

  private boolean isOurs(Operation operation, ApplicationState state) {
    return lineage.carriedBy(operation, state, sources);
  }

  private Optional<Unmet> notSynced(ApplicationState state) {
    if (state.synced()) {
      return Optional.empty();
    }
    boolean done =
        state
            .operation()
            .map(operation -> operation.succeeded() && isOurs(operation, state))
            .orElse(false);
    if (done && state.fresh()) {
      return Optional.of(
          new Unmet(
              Kind.DRIFT,
              "still %s after its sync: %s".formatted(state.sync().status(), differences(state))));
    }
    return Optional.of(
        new Unmet(
            Kind.SYNC,
            state.spec().autoSync() || sync
                ? state.sync().status()
                : state.sync().status() + ", and auto-sync is off"));
  }

  private static String differences(ApplicationState state) {
    List<Resource> different =
        state.resources().stream()
            .filter(resource -> resource.status().equals("OutOfSync"))
            .toList();
    List<String> names = different.stream().map(Resource::toString).toList();
    if (names.isEmpty()) {
      return "Argo CD names no resource";
    }
    return different.stream().allMatch(Resource::prune)
        ? "only pruning is left, and nobody prunes: " + Texts.first(3, names)
        : Texts.first(3, names);
  }

  private static Optional<Unmet> stale(ApplicationState state) {
    return state.fresh()
        ? Optional.empty()
        : Optional.of(
            new Unmet(Kind.STALE, "its health has not been looked at since the sync ended"));
  }

  private static Optional<Unmet> unhealthy(ApplicationState state) {
    Health health = state.health();
    return switch (health.status()) {
      case "Healthy" -> Optional.empty();
      case "Degraded" ->
          Optional.of(new Unmet(Kind.DEGRADED, "Degraded" + culprits(state, "Degraded"::equals)));
      case "Suspended" ->
          Optional.of(new Unmet(Kind.HEALTH, "Suspended: a paused rollout has to be promoted"));
      default ->
          Optional.of(
              new Unmet(
                  Kind.HEALTH,
                  (health.status().isEmpty() ? "health unknown" : health.status())
                      + culprits(state, health.status()::equals)));
    };
  }

  /// The resources whose health is the application's, which is that of its worst resource.
  private static String culprits(ApplicationState state, Predicate<String> health) {
    List<String> named =
        state.resources().stream()
            .filter(resource -> health.test(resource.health().status()))
            .map(resource -> resource + Texts.bracketed(resource.health().message()))
            .toList();
    return named.isEmpty()
        ? Texts.bracketed(state.health().message())
        : ": " + Texts.first(2, named);
  }
}
