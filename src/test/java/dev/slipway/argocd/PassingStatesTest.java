package dev.slipway.argocd;

import static dev.slipway.argocd.Waiting.BEFORE;
import static dev.slipway.argocd.Waiting.NEW;
import static dev.slipway.argocd.Waiting.OURS;
import static dev.slipway.argocd.Waiting.liveAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.LiveCheck.Result;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.ArgoCdApplication;
import dev.slipway.sandbox.FakeArgoCd.Reply;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// States that pass, and states that last: when the wait goes on, and when it ends.
class PassingStatesTest {
  @AutoClose private final Waiting waiting = new Waiting();

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
