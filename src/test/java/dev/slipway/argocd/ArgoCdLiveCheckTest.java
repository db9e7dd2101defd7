package dev.slipway.argocd;

import static dev.slipway.argocd.Waiting.BEFORE;
import static dev.slipway.argocd.Waiting.LATER;
import static dev.slipway.argocd.Waiting.LATEST;
import static dev.slipway.argocd.Waiting.NEW;
import static dev.slipway.argocd.Waiting.OURS;
import static dev.slipway.argocd.Waiting.image;
import static dev.slipway.argocd.Waiting.liveAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.ApplicationName;
import dev.slipway.delivery.LiveCheck.LiveApplication;
import dev.slipway.delivery.LiveCheck.Result;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.ArgoCdApplication;
import dev.slipway.sandbox.FakeArgoCd.Reply;
import dev.slipway.version.CommitSha;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The wait as a whole: what it asks, when it ends, and what it says.
class ArgoCdLiveCheckTest {
  private final Waiting waiting = new Waiting();

  @AfterEach
  void stop() {
    waiting.close();
  }

  @Test
  void looksTwiceAtWhatIsLiveAlready() {
    Result result = waiting.sees(liveAt(OURS)).await();

    assertThat(result)
        .isEqualTo(
            new Result.Live(
                List.of(
                    new LiveApplication(
                        ApplicationName.parse("shop"),
                        new CommitSha(OURS),
                        Duration.ofSeconds(2)))));
    assertThat(waiting.argoCd.requests(""))
        .containsExactly(
            "GET /argocd/api/v1/applications/shop",
            "GET /argocd/api/v1/applications/shop/managed-resources",
            "GET /argocd/api/v1/applications/shop",
            "GET /argocd/api/v1/applications/shop/managed-resources");
  }

  @Test
  void needsTwoGoodLooksInARow() {
    Result result =
        waiting.sees(liveAt(OURS), liveAt(OURS).health("Progressing"), liveAt(OURS)).await();

    assertThat(result).isInstanceOf(Result.Live.class);
    assertThat(waiting.looks()).isEqualTo(4);
  }

  @Test
  void looksLessAndLessOften() {
    waiting.sees(liveAt(BEFORE)).problems();

    assertThat(waiting.ticker.pauses.stream().map(Duration::toMillis))
        .startsWith(2000L, 3000L, 4500L, 6750L, 10_000L, 10_000L);
    assertThat(waiting.ticker.elapsed()).isEqualTo(waiting.limit);
  }

  @Test
  void refreshesOnceAndThenSeldom() {
    waiting.sees(liveAt(BEFORE)).problems();

    assertThat(waiting.argoCd.requests("refresh=normal"))
        .hasSize(5)
        .containsOnly("GET /argocd/api/v1/applications/shop?refresh=normal");
  }

  @Test
  void warnsWhenArgoCdDoesNotRefresh() {
    waiting.argoCd.on("REFRESH shop", Reply.error(500, 2, "application refresh deadline exceeded"));

    Result result = waiting.sees(liveAt(BEFORE), liveAt(BEFORE), liveAt(OURS)).await();

    assertThat(result).isInstanceOf(Result.Live.class);
    assertThat(waiting.warnings)
        .containsExactly(
            "Argo CD did not refresh application shop: application refresh deadline exceeded");
  }

  @Test
  void asksTheHistorySeldom() {
    waiting.sees(liveAt(BEFORE), liveAt(BEFORE), liveAt(LATER).health("Progressing")).problems();

    assertThat(waiting.history.asked())
        .containsExactly(
            "contains 2222222 1111111",
            "contains 1111111 2222222",
            "contains 2222222 3333333",
            "keeps 3333333");
  }

  @Test
  void asksTheHistoryAgainBecauseAPushMayTakeAWhileToBeKnown() {
    waiting.sees(liveAt(LATER));
    waiting.history = LinearHistory.of(OURS, LATER).forgettingFirst(3);

    Result result = waiting.await();

    assertThat(result).isInstanceOf(Result.Live.class);
  }

  @Test
  void endsWhenALaterCommitTookThePlace() {
    waiting.history = waiting.history.replacedAt(LATER);

    Result result =
        waiting.sees(liveAt(BEFORE), liveAt(BEFORE).outOfSync(LATEST).health("Degraded")).await();

    assertThat(result)
        .isEqualTo(new Result.Superseded(ApplicationName.parse("shop"), new CommitSha(LATEST)));
  }

  @Test
  void doesNotCallOurOwnCommitSuperseded() {
    waiting.history = waiting.history.replacedAt(OURS);

    Result result = waiting.sees(liveAt(OURS)).await();

    assertThat(result).isInstanceOf(Result.Live.class);
  }

  @Test
  void waitsForEveryApplicationAtItsOwnPace() {
    waiting.applications = List.of("shop", "team-a/web");
    waiting.images = List.of(image("shop", "1.3.0"), image("web", "1.3.0"));
    waiting.argoCd.application(
        "web", List.of(liveAt(BEFORE).text(), liveAt(BEFORE).text(), liveAt(LATER).text()));
    String web = "ghcr.io/acme/web:1.3.0";
    waiting.argoCd.on(
        "managed-resources web", Reply.ok(ArgoCdApplication.deployment("web", web, web)));

    Result result = waiting.sees(liveAt(OURS)).await();

    assertThat(result)
        .isInstanceOfSatisfying(
            Result.Live.class,
            live ->
                assertThat(live.applications())
                    .extracting(LiveApplication::toString)
                    .satisfiesExactly(
                        shop -> assertThat(shop).contains("shop", OURS, "PT2S"),
                        other -> assertThat(other).contains("team-a", "web", LATER, "PT7S")));
    assertThat(waiting.looks()).isEqualTo(2);
    assertThat(waiting.argoCd.requests("/web"))
        .contains(
            "GET /argocd/api/v1/applications/web?appNamespace=team-a",
            "GET /argocd/api/v1/applications/web?appNamespace=team-a&refresh=normal");
  }

  @Test
  void acceptsAParentOnceItsChildrenShowTheImages() {
    waiting.applications = List.of("parent", "shop");
    waiting.argoCd.application("parent", List.of(liveAt(OURS).text()));

    Result result = waiting.sees(liveAt(BEFORE), liveAt(OURS)).await();

    assertThat(result).isInstanceOf(Result.Live.class);
    assertThat(waiting.argoCd.requests("/parent/managed-resources")).hasSizeGreaterThan(2);
  }

  @Test
  void looksAtNoManifestsWithoutAnImage() {
    waiting.images = List.of();

    Result result = waiting.sees(liveAt(OURS)).await();

    assertThat(result).isInstanceOf(Result.Live.class);
    assertThat(waiting.argoCd.requests("managed-resources")).isEmpty();
  }

  @Test
  void takesThePodsForWitnessesWhereManifestsCannotBeRead() {
    waiting.managedResources = Reply.error(403, 7, "permission denied");

    Result result = waiting.sees(liveAt(OURS).podImage(NEW)).await();

    assertThat(result).isInstanceOf(Result.Live.class);
    assertThat(waiting.looks()).isEqualTo(4);
  }

  @Test
  void bearsAFlap() {
    ArgoCdApplication degraded = liveAt(OURS).health("Degraded");

    Result result = waiting.sees(degraded, degraded, degraded, degraded, liveAt(OURS)).await();

    assertThat(result).isInstanceOf(Result.Live.class);
  }

  @Test
  void endsWhenItStaysDegraded() {
    ArgoCdApplication degraded =
        liveAt(OURS).health("Degraded").resource("Deployment", "shop", "Synced", "Degraded");
    waiting.argoCd.on(
        "resource-tree shop",
        Reply.ok(
            ArgoCdApplication.pod(
                "shop-7d4b9-x", NEW, "ImagePullBackOff", "Back-off pulling image")));

    Problem problem = waiting.sees(degraded).problems().getFirst();

    assertThat(problem)
        .isEqualTo(
            new Problem(
                "Argo CD application `shop` is degraded",
                "Not met: Degraded: Deployment/shop (Deployment is waiting). "
                    + "Sync Synced, health Degraded, operation Succeeded, revision 2222222, "
                    + "compared at 2026-03-01T00:01:40Z. "
                    + "Unhealthy: Deployment/shop is Degraded (Deployment is waiting). "
                    + "Pods: shop-7d4b9-x is ImagePullBackOff (Back-off pulling image)",
                "look at the pods' logs and events; then deliver a version that works, or `operation: rollback`"));
    assertThat(waiting.ticker.elapsed()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(80));
  }

  @Test
  void bearsAnErrorThatPasses() {
    ArgoCdApplication broken =
        liveAt(BEFORE).sync("Unknown", "main").condition("ComparisonError", "connection refused");

    Result result =
        waiting.sees(broken, broken, broken.reconciledAt(300), broken, liveAt(OURS)).await();

    assertThat(result).isInstanceOf(Result.Live.class);
  }

  @Test
  void endsWhenAnErrorOutlivesTwoComparisons() {
    ArgoCdApplication broken =
        liveAt(BEFORE)
            .sync("Unknown", "main")
            .condition(
                "ComparisonError", "fetch https://bot:hunter2@github.com/acme/gitops\nfailed");

    Problem problem =
        waiting
            .sees(broken, broken.reconciledAt(300), broken.reconciledAt(400))
            .problems()
            .getFirst();

    assertThat(problem.what()).isEqualTo("Argo CD cannot compare application `shop`");
    assertThat(problem.why())
        .startsWith("Not met: ComparisonError: fetch https://***@github.com/acme/gitops failed. ");
    assertThat(waiting.ticker.elapsed()).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
  }

  @Test
  void waitsLongerWhileArgoCdDoesNotCompareAgain() {
    ArgoCdApplication broken = liveAt(BEFORE).condition("InvalidSpecError", "no such cluster");

    waiting.sees(broken).problems();

    assertThat(waiting.ticker.elapsed()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
  }

  @Test
  void asksAgainAfterAPassingFault() {
    waiting.argoCd.on("GET shop", new Reply(503, "upstream down", Map.of()));
    waiting.argoCd.on("GET shop", Reply.CUT);
    waiting.argoCd.on("GET shop", Reply.error(500, 2, "cache miss"));
    waiting.argoCd.on("GET shop", Reply.error(403, 7, "permission denied"));

    Result result = waiting.sees(liveAt(OURS)).await();

    assertThat(result).isInstanceOf(Result.Live.class);
    assertThat(waiting.log)
        .first()
        .isEqualTo("Argo CD application shop: no answer: HTTP status 503");
  }

  @Test
  void waitsAsLongAsItIsAsked() {
    waiting.argoCd.on("GET shop", new Reply(429, "", Map.of("Retry-After", "25")));

    waiting.sees(liveAt(OURS)).await();

    assertThat(waiting.ticker.pauses).first().isEqualTo(Duration.ofSeconds(25));
  }

  @Test
  void reportsEveryApplicationThatIsNotLive() {
    waiting.applications = List.of("shop", "web", "done");
    waiting.argoCd.application("web", List.of(liveAt(OURS).health("Progressing").text()));
    waiting.argoCd.application("done", List.of(liveAt(OURS).text()));
    waiting.images = List.of();

    List<Problem> problems = waiting.sees(liveAt(BEFORE)).problems();

    assertThat(problems)
        .extracting(Problem::what)
        .containsExactly(
            "Argo CD application `shop` is not live after 15 min",
            "Argo CD application `web` is not live after 15 min");
  }

  @Test
  void tellsAStateOnlyWhenItChanges() {
    waiting.sees(Collections.nCopies(20, liveAt(BEFORE)).toArray(ArgoCdApplication[]::new));
    waiting.argoCd.application("shop", List.of(liveAt(OURS).text()));

    waiting.await();

    assertThat(waiting.log).hasSize(2);
  }
}
