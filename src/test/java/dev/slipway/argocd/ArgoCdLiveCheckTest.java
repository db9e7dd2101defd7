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
import dev.slipway.sandbox.ArgoCdApplication;
import dev.slipway.sandbox.FakeArgoCd.Reply;
import dev.slipway.version.CommitSha;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The wait as a whole: what it asks, when it ends, and what it says.
class ArgoCdLiveCheckTest {
  @AutoClose private final Waiting waiting = new Waiting();

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
}
