package dev.slipway.argocd;

import static dev.slipway.argocd.Waiting.BEFORE;
import static dev.slipway.argocd.Waiting.LATER;
import static dev.slipway.argocd.Waiting.LIVE;
import static dev.slipway.argocd.Waiting.NOTICED;
import static dev.slipway.argocd.Waiting.OURS;
import static dev.slipway.argocd.Waiting.liveAt;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.delivery.LiveCheck.Result;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.ArgoCdApplication;
import dev.slipway.sandbox.FakeArgoCd.Reply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Syncs that end, fail, are tried again or never begin: which of them is that of our commit.
class SyncOutcomesTest {
  @AutoClose private final Waiting waiting = new Waiting();

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
}
