package dev.slipway.argocd;

import static dev.slipway.argocd.Waiting.BEFORE;
import static dev.slipway.argocd.Waiting.LATER;
import static dev.slipway.argocd.Waiting.NEW;
import static dev.slipway.argocd.Waiting.OLD;
import static dev.slipway.argocd.Waiting.OURS;
import static dev.slipway.argocd.Waiting.UNKNOWN;
import static dev.slipway.argocd.Waiting.liveAt;
import static dev.slipway.argocd.Waiting.shop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.delivery.LiveCheck.Result;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.ArgoCdApplication;
import dev.slipway.sandbox.FakeArgoCd.Reply;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// States of Argo CD that look live and are not, or look dead and are not.
class ArgoCdTrapsTest {
  private static final ArgoCdApplication NOTICED = liveAt(BEFORE).outOfSync(OURS).reconciledAt(200);
  private static final ArgoCdApplication LIVE =
      liveAt(BEFORE).synced(OURS).ended("Succeeded", OURS, 210).reconciledAt(211);

  private final Waiting waiting = new Waiting();

  @AfterEach
  void stop() {
    waiting.close();
  }

  /// Each of these lasts for ever, and would pass some plausible check.
  @ParameterizedTest(name = "{0}")
  @MethodSource("traps")
  void neverTakesThisForLive(String trap, ArgoCdApplication state, String notMet) {
    Problem problem = waiting.sees(state).problems().getFirst();

    assertThat(problem.why()).startsWith("Not met: " + notMet);
  }

  static Stream<Arguments> traps() {
    return Stream.of(
        arguments("the state before the push", liveAt(BEFORE), "it is at revision 1111111, older"),
        arguments(
            "health from before the end of the sync",
            liveAt(OURS).ended("Succeeded", OURS, 210).reconciledAt(209),
            "its health has not been looked at since the sync ended"),
        arguments(
            "never compared",
            liveAt(OURS).with(json -> json.withObject("/status").remove("reconciledAt")),
            "its health has not been looked at"),
        arguments("the new revision with the old health", NOTICED, "OutOfSync"),
        arguments(
            "a sync just requested",
            liveAt(OURS).noOperationState().requested(),
            "a sync is requested"),
        arguments(
            "a sync requested while the last one shows",
            liveAt(OURS).requested(),
            "a sync is requested"),
        arguments("a sync under way", liveAt(OURS).running(OURS), "a sync to the revision 2222222"),
        arguments(
            "a sync that is being terminated",
            liveAt(OURS)
                .running(OURS)
                .with(
                    json -> json.withObject("/status/operationState").put("phase", "Terminating")),
            "a sync to the revision 2222222 is Terminating"),
        arguments(
            "synced and healthy, though the sync ended badly",
            liveAt(OURS).ended("Failed", OURS, 90),
            "the sync to revision 2222222 ended as Failed"),
        arguments(
            "a later commit, though the sync of ours ended badly",
            liveAt(LATER).ended("Error", OURS, 90),
            "the sync to revision 2222222 ended as Error"),
        arguments(
            "a hydration under way",
            hydrated(liveAt(BEFORE), "Hydrating", BEFORE, BEFORE)
                .with(json ->
                    json.withObject("/status/sourceHydrator").put("lastComparedDryRevision", OURS)),
            "the hydrator is at dry commit 1111111"),
        arguments(
            "a revision of another line", liveAt(UNKNOWN), "it is at revision fffffff, which"),
        arguments("no revision", liveAt(""), "it has compared with no commit"),
        arguments("a branch as revision", liveAt("main"), "it has compared with no commit"),
        arguments("Progressing", liveAt(OURS).health("Progressing"), "Progressing"),
        arguments("a paused rollout", liveAt(OURS).health("Suspended"), "Suspended: a paused"),
        arguments("Missing", liveAt(OURS).health("Missing"), "Missing"),
        arguments("no health", liveAt(OURS).health(""), "health unknown"),
        arguments("a health of the future", liveAt(OURS).health("Sleepy"), "Sleepy"),
        arguments("Unknown sync", liveAt(BEFORE).sync("Unknown", OURS), "Unknown"),
        arguments(
            "an error beside a fine state",
            liveAt(OURS).condition("ComparisonError", "x"),
            "ComparisonError: x"));
  }

  @Test
  void trustsHealthOnlyFromAfterTheSync() {
    ArgoCdApplication stale = liveAt(OURS).ended("Succeeded", OURS, 210).reconciledAt(209);

    Result result = waiting.sees(stale, stale, stale, LIVE).await();

    assertThat(result).isInstanceOf(Result.Live.class);
    assertThat(waiting.looks()).isEqualTo(5);
    assertThat(waiting.argoCd.requests("refresh=normal")).hasSize(1);
  }

  @Test
  void followsAnAutoSyncFromNoticeToHealth() {
    Result result =
        waiting
            .sees(
                liveAt(BEFORE),
                NOTICED,
                NOTICED.noOperationState().requested(),
                NOTICED.running(OURS),
                NOTICED.ended("Succeeded", OURS, 210),
                LIVE.health("Progressing").reconciledAt(210),
                LIVE)
            .await();

    assertThat(result).isInstanceOf(Result.Live.class);
    assertThat(waiting.looks()).isEqualTo(8);
    assertThat(waiting.log)
        .containsExactly(
            "Argo CD application shop: it is at revision 1111111, older than the delivered 2222222",
            "Argo CD application shop: OutOfSync",
            "Argo CD application shop: a sync is requested",
            "Argo CD application shop: a sync to the revision 2222222 is Running",
            "Argo CD application shop: OutOfSync",
            "Argo CD application shop: Progressing",
            "Argo CD application shop: synced and healthy at revision 2222222");
  }

  @Test
  void acceptsALaterCommitThatHoldsOurs() {
    Result result = waiting.sees(liveAt(BEFORE), liveAt(LATER)).await();

    assertThat(result)
        .isInstanceOfSatisfying(
            Result.Live.class,
            live -> assertThat(live.applications().getFirst().revision()).hasToString(LATER));
  }

  @Test
  void saysThatTheRevisionIsOfAnotherLine() {
    Problem problem = waiting.sees(liveAt(UNKNOWN)).problems().getFirst();

    assertThat(problem.why())
        .contains("it is at revision fffffff, which has no common line with the delivered 2222222");
  }

  @Test
  void needsNoSyncWhereTheCommitRendersTheSame() {
    ArgoCdApplication unchanged = liveAt(BEFORE).synced(OURS).reconciledAt(200).podImage(NEW);

    Result result = waiting.sees(liveAt(BEFORE), unchanged).await();

    assertThat(result).isInstanceOf(Result.Live.class);
  }

  @Test
  void namesThePathsThatMayHideTheCommit() {
    ArgoCdApplication filtered =
        liveAt(BEFORE)
            .with(json ->
                json.withObject("/metadata/annotations")
                    .put("argocd.argoproj.io/manifest-generate-paths", "/charts/shop"));

    Problem problem =
        waiting
            .sees(filtered, filtered.reconciledAt(300), filtered.reconciledAt(480))
            .problems()
            .getFirst();

    assertThat(problem.fix())
        .contains("`argocd.argoproj.io/manifest-generate-paths: /charts/shop`");
  }

  @Test
  void doesNotTakeARevisionForTheImageItShouldHaveBrought() {
    waiting.sees(liveAt(OURS)).runs(ArgoCdApplication.deployment("shop", OLD, OLD));

    Problem problem = waiting.problems().getFirst();

    assertThat(problem.why())
        .contains("its manifests do not ask for " + NEW + ": Deployment/shop asks for 1.2.0");
  }

  @Test
  void looksAtTheRightSourceOfSeveral() {
    ArgoCdApplication several =
        shop()
            .with(json -> {
              ObjectNode spec = json.withObject("/spec");
              spec.remove("source");
              spec.withArray("sources")
                  .addObject()
                  .put("repoURL", "https://charts.example/stable")
                  .put("chart", "shop")
                  .put("targetRevision", "1.x");
              spec.withArray("sources")
                  .addObject()
                  .put("repoURL", "git@GitHub.com:Acme/gitops.git")
                  .put("ref", "values")
                  .put("targetRevision", "main");
            })
            .health("Healthy")
            .reconciledAt(200);
    ArgoCdApplication chartMoved = several.with(json -> revisions(json, UNKNOWN, BEFORE));
    ArgoCdApplication arrived = several.with(json -> revisions(json, "1.4.2", OURS));

    Result result = waiting.sees(chartMoved, chartMoved, chartMoved, arrived).await();

    assertThat(result).isInstanceOf(Result.Live.class);
    assertThat(waiting.looks()).isEqualTo(5);
  }

  private static void revisions(ObjectNode json, String... revisions) {
    ObjectNode sync = json.withObject("/status/sync").put("status", "Synced");
    Stream.of(revisions).forEach(sync.withArray("revisions")::add);
  }

  @Test
  void waitsForTheHydratedCommit() {
    String hydratedBefore = "a".repeat(40);
    String hydrated = "b".repeat(40);
    waiting.history = LinearHistory.of(BEFORE, OURS, hydratedBefore, hydrated);
    ArgoCdApplication before = hydrated(liveAt(hydratedBefore), "Hydrated", BEFORE, hydratedBefore);
    ArgoCdApplication hydrating =
        hydrated(liveAt(hydratedBefore), "Hydrating", BEFORE, hydratedBefore);
    ArgoCdApplication pushed = hydrated(liveAt(hydratedBefore), "Hydrated", OURS, hydrated);
    ArgoCdApplication live = hydrated(liveAt(hydrated), "Hydrated", OURS, hydrated);

    Result result =
        waiting.sees(before, before, hydrating, hydrating, pushed, pushed, live).await();

    assertThat(result).isInstanceOf(Result.Live.class);
    assertThat(waiting.looks()).isEqualTo(8);
    assertThat(waiting.log)
        .contains(
            "Argo CD application shop: the hydrator is at dry commit 1111111, before the delivered 2222222",
            "Argo CD application shop: it is at revision aaaaaaa, before the hydrated bbbbbbb");
  }

  private static ArgoCdApplication hydrated(
      ArgoCdApplication application, String phase, String dry, String hydrated) {
    return application.with(json -> {
      json.withObject("/spec").remove("source");
      json.withObject("/spec/sourceHydrator/drySource")
          .put("repoURL", "https://github.com/acme/gitops")
          .put("targetRevision", "main")
          .put("path", "shop");
      json.withObject("/spec/sourceHydrator/syncSource")
          .put("targetBranch", "environments/prod")
          .put("path", "shop");
      json.withObject("/status/sourceHydrator/lastSuccessfulOperation")
          .put("drySHA", dry)
          .put("hydratedSHA", hydrated);
      json.withObject("/status/sourceHydrator/currentOperation")
          .put("phase", phase)
          .put("drySHA", phase.equals("Hydrating") ? "" : dry);
    });
  }

  @Test
  void needsNoHydrationOfACommitThatChangesNothing() {
    String hydrated = "a".repeat(40);
    waiting.history = LinearHistory.of(BEFORE, OURS, hydrated);
    ArgoCdApplication before = hydrated(liveAt(hydrated), "Hydrated", BEFORE, hydrated);
    ArgoCdApplication compared =
        before.with(
            json -> json.withObject("/status/sourceHydrator").put("lastComparedDryRevision", OURS));

    Result result = waiting.sees(before, before, compared).await();

    assertThat(result).isInstanceOf(Result.Live.class);
    assertThat(waiting.looks()).isEqualTo(4);
  }

  @Test
  void waitsForAComparisonAfterTheHydrationIntoAnotherRepository() {
    ArgoCdApplication pushed =
        hydrated(liveAt("a".repeat(40)), "Hydrated", OURS, "b".repeat(40))
            .with(json -> {
              json.withObject("/spec/sourceHydrator/syncSource")
                  .put("repoURL", "https://github.com/acme/hydrated");
              json.withObject("/status/sourceHydrator/currentOperation")
                  .put("finishedAt", "2026-03-01T00:05:00Z");
            });
    ArgoCdApplication movedOn = pushed.synced("c".repeat(40));

    Result result = waiting.sees(pushed, movedOn, movedOn, movedOn.reconciledAt(301)).await();

    assertThat(result).isInstanceOf(Result.Live.class);
    assertThat(waiting.looks()).isEqualTo(5);
  }

  @Test
  void failsWhenTheHydrationOfTheCommitFails() {
    ArgoCdApplication failed =
        hydrated(liveAt(BEFORE), "Failed", BEFORE, "a".repeat(40))
            .with(json ->
                json.withObject("/status/sourceHydrator/currentOperation")
                    .put("drySHA", OURS)
                    .put("message", "helm template: no such file"));

    Problem problem = waiting.sees(failed).problems().getFirst();

    assertThat(problem.why()).contains("hydration failed: helm template: no such file");
    assertThat(waiting.ticker.elapsed()).isLessThan(waiting.limit);
  }

  @Test
  void ignoresOldPodsThatLinger() {
    Result result = waiting.sees(liveAt(OURS).podImage(OLD)).await();

    assertThat(result).isInstanceOf(Result.Live.class);
  }

  @Test
  void needsNoPodForACronJob() {
    String template =
        "{\"spec\":{\"jobTemplate\":{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"image\":\"%s\"}]}}}}}}"
            .formatted(NEW);
    waiting
        .sees(liveAt(OURS))
        .runs(ArgoCdApplication.workload("CronJob", "shop", template, template));

    Result result = waiting.await();

    assertThat(result).isInstanceOf(Result.Live.class);
  }

  @Test
  void doesNotTrustSucceededOfAnOlderSync() {
    ArgoCdApplication older = liveAt(BEFORE).outOfSync(OURS).reconciledAt(300);

    Result result = waiting.sees(older, older, older, LIVE).await();

    assertThat(result).isInstanceOf(Result.Live.class);
    assertThat(waiting.looks()).isEqualTo(5);
  }

  @Test
  void endsEarlyWhenTheSyncOfTheCommitFailed() {
    ArgoCdApplication failed =
        NOTICED
            .ended("Failed", OURS, 210)
            .condition("SyncError", "Failed last sync attempt to [2222222]: the hook failed");

    Problem problem = waiting.sees(failed).problems().getFirst();

    assertThat(problem.what()).isEqualTo("The sync of Argo CD application `shop` failed");
    assertThat(problem.why())
        .contains("the sync to revision 2222222 ended as Failed: the hook failed")
        .contains("Errors: SyncError: Failed last sync attempt");
    assertThat(problem.fix()).contains("does not repeat a failed sync");
    assertThat(waiting.looks()).isEqualTo(2);
  }

  @Test
  void doesNotMindTheFailedSyncOfAnOlderCommit() {
    ArgoCdApplication failedBefore =
        liveAt(BEFORE)
            .ended("Failed", BEFORE, 100)
            .condition("SyncError", "Failed last sync attempt to [1111111]: the hook failed");

    Result result =
        waiting
            .sees(failedBefore, failedBefore.outOfSync(OURS), failedBefore.outOfSync(OURS), LIVE)
            .await();

    assertThat(result).isInstanceOf(Result.Live.class);
  }

  @Test
  void waitsForTheSyncOfALaterCommitAfterOursFailed() {
    ArgoCdApplication failed = NOTICED.ended("Failed", OURS, 210).outOfSync(LATER);

    Result result = waiting.sees(failed, failed, failed, liveAt(LATER)).await();

    assertThat(result).isInstanceOf(Result.Live.class);
  }

  @Test
  void namesTheSyncWindowThatBlocks() {
    waiting.argoCd.on(
        "syncwindows shop",
        Reply.ok(
            "{\"activeWindows\":[{\"kind\":\"deny\",\"schedule\":\"0 22 * * *\",\"duration\":\"8h\",\"manualSync\":false}],\"canSync\":false}"));

    Problem problem = waiting.sees(NOTICED).problems().getFirst();

    assertThat(problem.what()).isEqualTo("Argo CD application `shop` is not live after 15 min");
    assertThat(problem.why())
        .contains("Sync windows: closed by deny `0 22 * * *` for 8h, also for manual syncs");
  }

  @Test
  void saysThatOnlyPruningIsLeft() {
    ArgoCdApplication prune =
        liveAt(OURS)
            .outOfSync(OURS)
            .resource("ConfigMap", "old", "OutOfSync", "Healthy")
            .with(
                json -> ((ObjectNode) json.at("/status/resources/0")).put("requiresPruning", true));

    Problem problem = waiting.sees(prune).problems().getFirst();

    assertThat(problem.what()).isEqualTo("Argo CD application `shop` does not become synced");
    assertThat(problem.why()).contains("only pruning is left, and nobody prunes: ConfigMap/old");
    assertThat(waiting.ticker.elapsed()).isLessThan(waiting.limit);
  }

  @Test
  void reportsTheGuardAgainstWipingEverything() {
    ArgoCdApplication guarded =
        NOTICED.condition(
            "SyncError", "Skipping sync attempt: auto-sync will wipe out all resources");

    Problem problem = waiting.sees(guarded).problems().getFirst();

    assertThat(problem.what()).isEqualTo("Argo CD cannot compare application `shop`");
    assertThat(problem.why()).contains("SyncError: Skipping sync attempt: auto-sync will wipe out");
  }

  @Test
  void saysThatARetryOfAnOlderSyncBlocks() {
    ArgoCdApplication blocked = NOTICED.retrying(BEFORE, 3, 190);

    Problem problem = waiting.sees(blocked).problems().getFirst();

    assertThat(problem.why())
        .contains("a sync to another revision 1111111 is Running, retry 3: one or more objects");
    assertThat(problem.fix()).contains("argocd app terminate-op");
  }

  @Test
  void waitsThroughTheRetriesOfItsOwnSync() {
    Result result =
        waiting
            .sees(
                NOTICED.retrying(OURS, 1, 201),
                NOTICED.retrying(OURS, 2, 202),
                NOTICED.retrying(OURS, 3, 203),
                LIVE)
            .await();

    assertThat(result).isInstanceOf(Result.Live.class);
  }

  @Test
  void namesTheResourceThatNeverGetsHealthy() {
    ArgoCdApplication noAddress =
        liveAt(OURS)
            .health("Progressing")
            .resource("Deployment", "shop", "Synced", "Healthy")
            .resource("Ingress", "shop", "Synced", "Progressing");

    Problem problem = waiting.sees(noAddress).problems().getFirst();

    assertThat(problem.why())
        .contains("Not met: Progressing: Ingress/shop (Ingress is waiting)")
        .doesNotContain("Deployment/shop");
  }

  @Test
  void doesNotTakeTheParentOfAnAppOfAppsForItsChildren() {
    waiting
        .sees(liveAt(OURS))
        .runs("{\"items\":[{\"kind\":\"Application\",\"name\":\"child\",\"targetState\":\"{}\"}]}");

    Problem problem = waiting.problems().getFirst();

    assertThat(problem.why()).contains("neither its manifests nor its pods name " + NEW);
  }
}
