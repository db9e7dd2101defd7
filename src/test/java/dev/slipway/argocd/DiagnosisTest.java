package dev.slipway.argocd;

import static dev.slipway.argocd.Waiting.BEFORE;
import static dev.slipway.argocd.Waiting.NEW;
import static dev.slipway.argocd.Waiting.OLD;
import static dev.slipway.argocd.Waiting.OURS;
import static dev.slipway.argocd.Waiting.liveAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.problem.Problem;
import dev.slipway.sandbox.ArgoCdApplication;
import dev.slipway.sandbox.FakeArgoCd.Reply;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What somebody reads whose deployment is red.
class DiagnosisTest {
  private final Waiting waiting = new Waiting();

  @AfterEach
  void stop() {
    waiting.close();
  }

  @Test
  void namesTheNewPodsFirst() {
    String pods =
        Stream.of(
                ArgoCdApplication.pod("old-1", OLD, "CrashLoopBackOff", ""),
                ArgoCdApplication.pod("fine", NEW, "Running", ""),
                ArgoCdApplication.pod("new-1", NEW, "CrashLoopBackOff", "back-off 5m0s"))
            .map(tree -> tree.replace("{\"nodes\":[", "").replaceFirst("]}$", ""))
            .collect(Collectors.joining(",", "{\"nodes\":[", "]}"));
    waiting.argoCd.on("resource-tree shop", Reply.ok(pods));

    Problem problem = waiting.sees(liveAt(OURS).health("Progressing")).problems().getFirst();

    assertThat(problem.why())
        .contains("Pods: new-1 is CrashLoopBackOff (back-off 5m0s), old-1 is CrashLoopBackOff")
        .doesNotContain("fine");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{"kind":"allow","schedule":"0 8 * * *","duration":"1h","manualSync":true}] | [] | closed until allow `0 8 * * *` for 1h, which lets manual syncs through
          [{"kind":"deny","schedule":"0 8 * * *","duration":"1h"}] | [] | ''
          [] | [] | ''
          [] | [{"kind":"allow","schedule":"0 8 * * *","duration":"1h"}] | ''
          [] | [{"kind":"allow","schedule":"* * * * *","duration":"9h"},{"kind":"deny","schedule":"0 9 * * *","duration":"2h"}] | closed by deny `0 9 * * *` for 2h, also for manual syncs
          """)
  void tellsWhichSyncWindowBlocks(String assigned, String active, String text) {
    waiting.argoCd.on(
        "syncwindows shop",
        Reply.ok("{\"assignedWindows\":%s,\"activeWindows\":%s}".formatted(assigned, active)));

    Problem problem =
        waiting.sees(liveAt(BEFORE).outOfSync(OURS).reconciledAt(200)).problems().getFirst();

    assertThat(problem.why().contains("Sync windows")).isEqualTo(!text.isEmpty());
    assertThat(problem.why()).endsWith(text);
  }

  @Test
  void saysWhatItKnowsWhenArgoCdFallsSilent() {
    waiting.argoCd.on("GET shop", Reply.ok(liveAt(BEFORE).text()));
    waiting.argoCd.on("GET shop", Reply.CUT);
    waiting.argoCd.on("resource-tree shop", Reply.CUT);
    waiting.argoCd.on("syncwindows shop", Reply.CUT);

    Problem problem = waiting.problems().getFirst();

    assertThat(problem.why())
        .contains("Not met: it is at revision 1111111")
        .contains("Since then no answer: ");
  }

  @Test
  void quotesOnOneLineAndNotTooMuch() {
    ArgoCdApplication broken =
        liveAt(BEFORE).condition("ComparisonError", "first\n::error::second\t" + "x".repeat(900));

    Problem problem = waiting.sees(broken).problems().getFirst();

    assertThat(problem.why())
        .contains("ComparisonError: first ::error::second xxx")
        .doesNotContain("\n")
        .hasSizeLessThan(600);
  }
}
