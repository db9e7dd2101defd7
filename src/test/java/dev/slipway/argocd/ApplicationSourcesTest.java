package dev.slipway.argocd;

import static dev.slipway.argocd.Waiting.BEFORE;
import static dev.slipway.argocd.Waiting.OURS;
import static dev.slipway.argocd.Waiting.UNKNOWN;
import static dev.slipway.argocd.Waiting.hydrated;
import static dev.slipway.argocd.Waiting.liveAt;
import static dev.slipway.argocd.Waiting.shop;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.delivery.LiveCheck.Result;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.ArgoCdApplication;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Applications with several sources, or with one that Argo CD hydrates first.
class ApplicationSourcesTest {
  @AutoClose private final Waiting waiting = new Waiting();

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

  private static void revisions(ObjectNode json, String... revisions) {
    ObjectNode sync = json.withObject("/status/sync").put("status", "Synced");
    Stream.of(revisions).forEach(sync.withArray("revisions")::add);
  }
}
