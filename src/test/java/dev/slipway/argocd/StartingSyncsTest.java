package dev.slipway.argocd;

import static dev.slipway.argocd.Waiting.BEFORE;
import static dev.slipway.argocd.Waiting.OURS;
import static dev.slipway.argocd.Waiting.liveAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.LiveCheck.Result;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.ArgoCdApplication;
import dev.slipway.sandbox.FakeArgoCd.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Applications whose auto-sync is off.
class StartingSyncsTest {
  private static final ArgoCdApplication MANUAL = liveAt(BEFORE).withoutAutoSync();
  private static final ArgoCdApplication NOTICED = MANUAL.outOfSync(OURS).reconciledAt(200);
  private static final ArgoCdApplication LIVE =
      MANUAL.synced(OURS).ended("Succeeded", OURS, 210).reconciledAt(211);

  private final Waiting waiting = new Waiting();

  @BeforeEach
  void wantSync() {
    waiting.sync = true;
  }

  @AfterEach
  void stop() {
    waiting.close();
  }

  @Test
  void startsOneSyncAndSaysWhoDid() {
    Result result =
        waiting
            .sees(MANUAL, NOTICED.noOperationState().requested(), NOTICED.running(OURS), LIVE)
            .await();

    assertThat(result).isInstanceOf(Result.Live.class);
    assertThat(waiting.syncs())
        .containsExactly(
            "{\"infos\":[{\"name\":\"Started by\",\"value\":\"https://github.com/acme/shop/actions/runs/7\"}]}");
    assertThat(waiting.log).contains("Argo CD application shop: sync started");
    assertThat(waiting.argoCd.requests("refresh")).isEmpty();
  }

  @Test
  void namesTheNamespaceOfAnApplicationElsewhere() {
    waiting.applications = List.of("team-a/shop");

    waiting.sees(NOTICED, NOTICED.running(OURS), LIVE).await();

    assertThat(waiting.syncs()).singleElement().asString().contains("\"appNamespace\":\"team-a\"");
  }

  @Test
  void startsNothingThatIsLiveAlready() {
    waiting.sees(LIVE).await();

    assertThat(waiting.syncs()).isEmpty();
  }

  @Test
  void startsNothingWhereArgoCdDoesItItself() {
    ArgoCdApplication automatic = liveAt(BEFORE).outOfSync(OURS);

    waiting.sees(automatic, automatic, automatic, liveAt(OURS)).await();

    assertThat(waiting.syncs()).isEmpty();
  }

  @Test
  void startsOneWhereAutoSyncIsSwitchedOff() {
    ArgoCdApplication disabled =
        liveAt(BEFORE)
            .outOfSync(OURS)
            .with(json -> json.withObject("/spec/syncPolicy/automated").put("enabled", false));

    waiting.sees(disabled, LIVE).await();

    assertThat(waiting.syncs()).hasSize(1);
  }

  @Test
  void advisesWhoeverDidNotAskForIt() {
    waiting.sync = false;

    Problem problem = waiting.sees(NOTICED).problems().getFirst();

    assertThat(waiting.syncs()).isEmpty();
    assertThat(problem.why()).startsWith("Not met: OutOfSync, and auto-sync is off. ");
    assertThat(problem.fix()).startsWith("set `argocd-sync: true`");
  }

  @Test
  void waitsForAnotherSyncAndTriesAgain() {
    waiting.argoCd.on("SYNC shop", Reply.error(400, 9, "another operation is already in progress"));
    waiting.argoCd.on("SYNC shop", Reply.ok("{}"));

    Result result =
        waiting
            .sees(
                NOTICED,
                NOTICED.running(BEFORE),
                NOTICED,
                NOTICED,
                NOTICED,
                NOTICED.running(OURS),
                LIVE)
            .await();

    assertThat(result).isInstanceOf(Result.Live.class);
    assertThat(waiting.syncs()).hasSize(2);
    assertThat(waiting.log)
        .contains("Argo CD application shop: another sync is under way; ours waits for it");
  }

  @Test
  void keepsTryingWhileASyncWindowIsClosed() {
    waiting.argoCd.on("SYNC shop", Reply.error(403, 7, "cannot sync: blocked by sync window"));

    Problem problem = waiting.sees(NOTICED).problems().getFirst();

    assertThat(waiting.syncs()).hasSizeGreaterThan(10);
    assertThat(waiting.log)
        .contains("Argo CD application shop: a sync window keeps it from being synced");
    assertThat(problem.what()).endsWith("is not live after 15 min");
  }

  @Test
  void namesThePermissionThatIsMissing() {
    waiting.argoCd.on(
        "SYNC shop",
        Reply.error(403, 7, "permission denied: applications, sync, default/shop, sub: ci"));

    Problem problem = waiting.sees(NOTICED).problems().getFirst();

    assertThat(problem)
        .isEqualTo(
            new Problem(
                "The token may not sync Argo CD application `shop`",
                "permission denied: applications, sync, default/shop, sub: ci",
                "let the token's role sync it: `p, ROLE, applications, sync, default/shop, allow`; or leave `argocd-sync` out"));
    assertThat(waiting.syncs()).hasSize(1);
  }

  @Test
  void givesUpWhenArgoCdKeepsRefusing() {
    waiting.argoCd.on("SYNC shop", Reply.error(400, 9, "sync with replace was disabled"));

    Problem problem = waiting.sees(NOTICED).problems().getFirst();

    assertThat(waiting.syncs()).hasSize(3);
    assertThat(problem.why()).isEqualTo("sync with replace was disabled");
  }

  @Test
  void startsNothingTwiceWhenAnAnswerIsLost() {
    waiting.argoCd.on("SYNC shop", Reply.CUT);

    Result result = waiting.sees(NOTICED, NOTICED.noOperationState().requested(), LIVE).await();

    assertThat(result).isInstanceOf(Result.Live.class);
    assertThat(waiting.syncs()).hasSize(1);
  }

  @Test
  void triesAFailedSyncOnceMore() {
    ArgoCdApplication failed = NOTICED.ended("Failed", OURS, 210).reconciledAt(211);

    Problem problem = waiting.sees(failed, NOTICED.running(OURS), failed).problems().getFirst();

    assertThat(waiting.syncs()).hasSize(1);
    assertThat(problem.what()).isEqualTo("The sync of Argo CD application `shop` failed");
  }

  @Test
  void doesNotGiveUpAFailedSyncWhileItMayStillBeTriedAgain() {
    ArgoCdApplication failed = NOTICED.ended("Failed", OURS, 210).reconciledAt(211);
    waiting.argoCd.on("SYNC shop", Reply.error(403, 7, "cannot sync: blocked by sync window"));
    waiting.argoCd.on("SYNC shop", Reply.ok("{}"));

    Result result =
        waiting.sees(failed, failed, failed, failed, failed, NOTICED.running(OURS), LIVE).await();

    assertThat(result).isInstanceOf(Result.Live.class);
    assertThat(waiting.syncs()).hasSize(2);
  }

  @Test
  void startsNothingWhileAnotherSyncIsUnderWay() {
    ArgoCdApplication older = MANUAL.running(BEFORE);

    waiting.sees(older, older, older, older, older, older, LIVE).await();

    assertThat(waiting.syncs()).isEmpty();
  }

  @Test
  void triesALeftOverDifferenceOnceMore() {
    ArgoCdApplication drifted = LIVE.outOfSync(OURS);

    Result result = waiting.sees(drifted, drifted.running(OURS), LIVE).await();

    assertThat(result).isInstanceOf(Result.Live.class);
    assertThat(waiting.syncs()).hasSize(1);
  }
}
