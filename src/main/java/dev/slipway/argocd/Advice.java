package dev.slipway.argocd;

import dev.slipway.argocd.Unmet.Kind;
import dev.slipway.delivery.ApplicationName;
import dev.slipway.delivery.Expectation;
import java.time.Duration;

/// What to call an application's trouble, and what to do about it.
final class Advice {
  private Advice() {}

  static String what(Kind kind, ApplicationName name, boolean certain, Duration limit) {
    if (!certain) {
      return "Argo CD application `%s` is not live after %d min".formatted(name, limit.toMinutes());
    }
    return switch (kind) {
      case FAILED -> "The sync of Argo CD application `%s` failed".formatted(name);
      case DEGRADED -> "Argo CD application `%s` is degraded".formatted(name);
      case DRIFT -> "Argo CD application `%s` does not become synced".formatted(name);
      case ERROR -> "Argo CD cannot compare application `%s`".formatted(name);
      case HYDRATION, REVISION, OPERATION, SYNC, STALE, HEALTH, IMAGE ->
          "Argo CD application `%s` is not live".formatted(name);
    };
  }

  static String fix(Kind kind, ApplicationState state, Expectation expectation) {
    return switch (kind) {
      case ERROR ->
          "correct what the message names, in the GitOps repository or in Argo CD, and run the workflow again";
      case HYDRATION -> "look at the application's hydration in Argo CD, and at the commit server";
      case REVISION -> unseen(state);
      case OPERATION ->
          "if the running sync is stuck, terminate it (`argocd app terminate-op`); otherwise raise `timeout`";
      case FAILED ->
          "correct what the message names; then sync the application by hand or deliver a new commit, because Argo CD does not repeat a failed sync by itself";
      case DRIFT ->
          "sync it by hand, with pruning where only pruning is left; where the cluster changes the resources itself, tell Argo CD with `ignoreDifferences`";
      case SYNC -> unsynced(state, expectation);
      case STALE ->
          "look at Argo CD's application controller: it has not compared the application for a while";
      case DEGRADED ->
          "look at the pods' logs and events; then deliver a version that works, or `operation: rollback`";
      case HEALTH ->
          "look at the resources and pods named above; raise `timeout` if they only need longer";
      case IMAGE -> otherImage(state);
    };
  }

  private static String unseen(ApplicationState state) {
    return "check that Argo CD reaches the GitOps repository and follows the delivered branch; a webhook spares its three-minute poll"
        + paths(state);
  }

  private static String unsynced(ApplicationState state, Expectation expectation) {
    return state.spec().autoSync() || expectation.sync()
        ? "look for a sync window or an error in Argo CD, or sync the application by hand"
        : "set `argocd-sync: true` (the token then needs the `sync` permission), turn auto-sync on, or sync it by hand";
  }

  private static String otherImage(ApplicationState state) {
    return "check that `gitops-update` names the value that this application renders, and that nothing overrides it: parameters in the Application, `ignoreDifferences` on the image, an admission controller"
        + paths(state);
  }

  private static String paths(ApplicationState state) {
    return state
        .spec()
        .generatePaths()
        .map(paths ->
            "; check that `argocd.argoproj.io/manifest-generate-paths: %s` covers the changed files"
                .formatted(Texts.line(paths)))
        .orElse("");
  }
}
