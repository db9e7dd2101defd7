package dev.slipway.argocd;

import static dev.slipway.argocd.Waiting.OURS;
import static dev.slipway.argocd.Waiting.liveAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.slipway.delivery.LiveCheck.Result;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.ArgoCdApplication;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Applications that a delivery would never reach: they follow something else, or go away.
class UnsuitableApplicationsTest {
  private final Waiting waiting = new Waiting();

  @AfterEach
  void stop() {
    waiting.close();
  }

  @ParameterizedTest
  @MethodSource
  void refusesAnApplicationThatWouldNeverArrive(
      ArgoCdApplication application, String what, String why) {
    Problem problem = waiting.sees(application).problems().getFirst();

    assertThat(problem.what()).isEqualTo(what);
    assertThat(problem.why()).contains(why);
    assertThat(waiting.looks()).isEqualTo(1);
  }

  static Stream<Arguments> refusesAnApplicationThatWouldNeverArrive() {
    return Stream.of(
        arguments(
            source("repoURL", "https://bot:hunter2@github.com/acme/other.git"),
            "Argo CD application `shop` does not follow github.com/acme/gitops",
            "its sources are: github.com/acme/other"),
        arguments(
            source("repoURL", "oci://ghcr.io/acme/gitops"),
            "Argo CD application `shop` does not follow github.com/acme/gitops",
            "its sources are: ghcr.io/acme/gitops (no Git repository)"),
        arguments(
            source("chart", "shop"),
            "Argo CD application `shop` does not follow github.com/acme/gitops",
            "its sources are: github.com/acme/gitops (no Git repository)"),
        arguments(
            source("targetRevision", "release"),
            "Argo CD application `shop` does not follow the branch `main`",
            "its `targetRevision` for acme/gitops is `release`"),
        arguments(
            source("targetRevision", OURS),
            "Argo CD application `shop` does not follow the branch `main`",
            OURS),
        arguments(
            liveAt(OURS)
                .with(json ->
                    json.withObject("/metadata").put("deletionTimestamp", "2026-03-01T00:00:00Z")),
            "Argo CD application `shop` is being deleted",
            "deletion time"));
  }

  private static ArgoCdApplication source(String field, String value) {
    return liveAt(OURS).with(json -> json.withObject("/spec/source").put(field, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HEAD", "main", "refs/heads/main"})
  void knowsTheNamesOfABranch(String target) {
    assertThat(waiting.sees(source("targetRevision", target)).await())
        .isInstanceOf(Result.Live.class);
  }
}
