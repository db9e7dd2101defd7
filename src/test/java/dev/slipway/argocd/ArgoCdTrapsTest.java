package dev.slipway.argocd;

import static dev.slipway.argocd.Waiting.BEFORE;
import static dev.slipway.argocd.Waiting.LATER;
import static dev.slipway.argocd.Waiting.LIVE;
import static dev.slipway.argocd.Waiting.NEW;
import static dev.slipway.argocd.Waiting.NOTICED;
import static dev.slipway.argocd.Waiting.OLD;
import static dev.slipway.argocd.Waiting.OURS;
import static dev.slipway.argocd.Waiting.UNKNOWN;
import static dev.slipway.argocd.Waiting.hydrated;
import static dev.slipway.argocd.Waiting.liveAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.slipway.delivery.LiveCheck.Result;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.ArgoCdApplication;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// States of Argo CD that look live and are not, or look dead and are not.
class ArgoCdTrapsTest {
  @AutoClose private final Waiting waiting = new Waiting();

  /// Each of these lasts for ever, and would pass some plausible check.
  @ParameterizedTest(name = "{0}")
  @MethodSource("traps")
  void neverTakesThisForLive(String trap, ArgoCdApplication state, String notMet) {
    Problem problem = waiting.sees(state).problems().getFirst();

    assertThat(problem.why()).startsWith("Not met: " + notMet);
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
}
