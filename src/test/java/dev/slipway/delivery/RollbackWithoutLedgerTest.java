package dev.slipway.delivery;

import static dev.slipway.delivery.SampleInputs.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.image.Digest;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.version.Commit;
import dev.slipway.version.CommitSha;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The way back where nobody noted deliveries: by the history of the files, or by the image that a
/// fixed tag stands for.
class RollbackWithoutLedgerTest extends DeliveryStory {
  @Test
  void withoutALedgerTheFilesTell() {
    history("1.0.0", "1.1.0");

    Report report = deliver(committing().back(), run("17"));

    assertThat(world.events).contains("push 1.0.0", "commit tag: 1.0.0");
    assertThat(report.plan().rollback().orElseThrow())
        .returns(Optional.of("1.1.0"), PlannedRollback::from)
        .returns("1.0.0", PlannedRollback::to)
        .satisfies(way -> assertThat(way.why()).contains("whether it ran well, nobody noted"));
  }

  @Test
  void behindARollbackTheFilesTellFurther() {
    history("0.9.0", "1.0.0");
    CommitSha good = world.gitOpsHistory.changes(HEAD, Set.of()).getFirst().commit();
    history("1.1.0");
    commit("1.0.0", RollbackTrailers.of(run("16"), Optional.of(good)));

    deliver(committing().back(), run("17"));

    assertThat(world.events).contains("commit tag: 0.9.0");
  }

  @Test
  void anEditOfAnotherKeyIsNoDelivery() {
    history("1.0.0", "1.1.0");
    world.gitOpsHistory.commit("Scale up", FILE, "tag: 1.1.0\nreplicas: 3\n");
    world.file(FILE, "tag: 1.1.0\nreplicas: 3\n");

    deliver(committing().back(), run("17"));

    assertThat(world.events).contains("commit tag: 1.0.0\nreplicas: 3");
  }

  @Test
  void doesNotUndoWhatAPersonSet() {
    history("1.0.0");
    world.gitOpsHistory.commit("Emergency", FILE, "tag: hotfix\n");
    world.file(FILE, "tag: hotfix\n");

    assertThatThrownBy(() -> deliver(committing().back(), run("17")))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("is no delivery of this workflow");
  }

  @Test
  void saysWhenNothingIsKnown() {
    history("1.0.0");

    assertThatThrownBy(() -> deliver(committing().back(), run("17")))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("There is no earlier delivery to return to");
  }

  @Test
  void theImageBeforeTheOneThatAFixedTagStandsFor() {
    CommitSha broken = new CommitSha("0".repeat(39) + "2");
    world.commits =
        List.of(
            new Commit(OLD, "feat: one"),
            new Commit(broken, "feat: two"),
            new Commit(HEAD, "docs: no image"));
    world.images.tags.put("web-latest", digest('b'));
    world.images.tags.put("web-" + broken.shortened(40), digest('b'));
    world.images.tags.put("web-" + OLD.shortened(40), digest('a'));

    deliver(tagged("web-{sha}", "web-latest").back(), run("17"));

    assertThat(world.events).contains("push web-%s web-latest".formatted(OLD));
  }

  @Test
  void onFailureItReturnsToWhatWasThereBefore() {
    history("1.0.0");
    world.liveProblem = Optional.of(new Problem("shop is degraded", "it crashes", "Look"));

    assertThatThrownBy(
            () -> deliver(committing().withArgoCd("shop").rollingBackOnFailure(), run("17")))
        .isInstanceOf(ActionException.class)
        .hasMessage("shop is degraded: it crashes");

    assertThat(world.events)
        .containsSubsequence("commit tag: new", "live check", "commit tag: 1.0.0", "undone");
  }

  @Test
  void onFailureItDoesNotCloseThePullRequestOfANewerDelivery() {
    history("1.0.0");
    Provenance newer = new Provenance(run().repository(), NEWER, target());
    world.gitOps.awaited.add(new GitOpsRepository.Awaited.Overtaken(newer));
    world.gitOps.duringWait =
        () -> {
          world.newer = true;
          world.gitOps.open.add(newer);
        };
    SampleInputs inputs =
        tagged("new").update("tag", "{tag}").waitingForTheMerge().failWhenSuperseded();

    assertThatThrownBy(() -> deliver(inputs.rollingBackOnFailure(), run("17")))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("A newer delivery is in acme/gitops")
        .hasMessageContaining("Nothing is rolled back in acme/gitops");

    assertThat(world.events).contains("wait").doesNotContain("withdraw", "undone");
  }

  private static Digest digest(char digit) {
    return new Digest("sha256:" + String.valueOf(digit).repeat(64));
  }

  /// Deliveries that only the files remember.
  private void history(String... tags) {
    for (String tag : tags) {
      commit(tag, "");
    }
  }

  private void commit(String tag, String trailers) {
    String text = "tag: %s\n".formatted(tag);
    world.gitOpsHistory.commit(
        "Deploy shop %s\n\n%s%s"
            .formatted(tag, trailers, new Provenance(run().repository(), OLD, target()).trailers()),
        FILE,
        text);
    world.file(FILE, text);
  }
}
