package dev.slipway.delivery;

import static dev.slipway.delivery.SampleInputs.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.delivery.DeploymentLedger.Standing;
import dev.slipway.image.Digest;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.version.Commit;
import dev.slipway.version.CommitSha;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The way back, by the ledger and without one.
class RollbackStoryTest extends DeliveryStory {
  private static final CommitSha OLD = new CommitSha("0".repeat(39) + "1");

  @Test
  void returnsByTheLedgerAndThenFurther() {
    delivered("0.9.0");
    delivered("1.0.0");
    delivered("1.1.0");

    Report first = deliver(committing().notedIn("production").back(), run("17"));
    world.file(FILE, "tag: 1.0.0\n");
    Report second = deliver(committing().notedIn("production").back(), run("18"));

    assertThat(first.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(world.events)
        .containsSubsequence("push 1.0.0", "commit tag: 1.0.0", "push 0.9.0", "commit tag: 0.9.0");
    assertThat(second.plan().rollback().orElseThrow().from()).contains("1.0.0");
    assertThat(world.ledger.entries)
        .extracting(DeploymentLedger.Entry::standing)
        .containsExactly(Standing.GOOD, Standing.BAD, Standing.BAD, Standing.BAD, Standing.GOOD);
  }

  @Test
  void theCommitSaysWhatItIs() {
    delivered("1.0.0");
    delivered("1.1.0");

    deliver(committing().notedIn("production").back(), run("17"));

    assertThat(world.messages.getLast())
        .startsWith("Roll back shop to 1.0.0\n\nSlipway-Rollback-Run: 17\n")
        .contains("Slipway-Source: acme/shop@");
  }

  @Test
  void anotherAttemptGoesOnAndDoesNotGoFurther() {
    delivered("0.9.0");
    delivered("1.0.0");
    delivered("1.1.0");

    deliver(committing().notedIn("production").back(), run("17"));
    world.file(FILE, "tag: 1.0.0\n");
    world.pushChanges = false;
    Report again = deliver(committing().notedIn("production").back(), run("17"));

    assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(again.plan().rollback().orElseThrow().to()).isEqualTo("1.0.0");
  }

  @Test
  void doesNotGuessWhereTheLedgerCannotBeRead() {
    delivered("1.0.0");
    delivered("1.1.0");
    world.ledger.unreadable = true;

    assertThatThrownBy(() -> deliver(committing().notedIn("production").back(), run("17")))
        .isInstanceOfSatisfying(
            ActionException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        new Problem(
                            "GitHub does not show the deployments",
                            "it answers 403; so where to return to is not known",
                            "Allow it; or say where to in `rollback-to`, which goes on without the deployments")));
    assertThat(world.events).endsWith("commit tag: 1.1.0", "rolled out", "finished");
  }

  @Test
  void leavesAloneWhatSomebodyElseHasChanged() {
    delivered("1.0.0");
    delivered("1.1.0");
    world.file(FILE, "tag: hotfix\n");
    world.events.clear();

    assertThatThrownBy(() -> deliver(committing().notedIn("production").back(), run("17")))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("`tag` in `" + FILE + "` holds `hotfix`");
    assertThat(world.events).isEmpty();
  }

  @Test
  void overridesItWhereTheAuthorSaysWhereTo() {
    delivered("1.0.0");
    delivered("1.1.0");
    world.file(FILE, "tag: hotfix\n");

    deliver(committing().notedIn("production").backTo("1.0.0"), run("17"));

    assertThat(world.events).contains("commit tag: 1.0.0");
  }

  @Test
  void saysThatTheImageIsGoneAndWhatElseThereIs() {
    delivered("0.9.0");
    delivered("1.0.0");
    delivered("1.1.0");
    world.archiveProblem = Optional.of(new Problem("The image is not there", "it was", "Push it"));

    assertThatThrownBy(() -> deliver(committing().notedIn("production").back(), run("17")))
        .isInstanceOfSatisfying(
            ActionException.class,
            e ->
                assertThat(e.problems().getFirst())
                    .returns("1.0.0 cannot be returned to", Problem::what)
                    .returns("The image is not there: it was", Problem::why)
                    .satisfies(
                        problem -> assertThat(problem.fix()).contains("`rollback-to: 0.9.0`")));
  }

  @Test
  void aDryRunShowsTheWayAndWritesNothing() {
    delivered("1.0.0");
    delivered("1.1.0");
    int noted = world.ledger.entries.size();
    world.events.clear();

    Report report = deliver(committing().notedIn("production").back().dryRun(), run("17"));

    assertThat(report.outcome()).isEqualTo(Outcome.PLANNED);
    assertThat(report.plan().rollback().orElseThrow().to()).isEqualTo("1.0.0");
    assertThat(world.ledger.entries).hasSize(noted);
    assertThat(world.events).containsExactly("planned", "finished");
  }

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
  void aVersionIsAWayToSayWhereTo() {
    world.file(FILE, "tag: \"9.9.9\"\n");

    Report report =
        deliver(
            tagged("{version}", "latest").update("tag", "{tag}").byCommit().backTo("1.2.3"),
            run("17"));

    assertThat(world.events).contains("push 1.2.3 latest", "commit tag: \"1.2.3\"");
    assertThat(report.plan().commit().value()).isEqualTo("f".repeat(40));
  }

  @Test
  void aCommitIsAWayToSayWhereTo() {
    world.commits = List.of(new Commit(OLD, "fix: it"), new Commit(HEAD, "feat: more"));
    world.file(FILE, "tag: stage-a1b2c3d\n");

    deliver(
        tagged("stage-{sha:7}").update("tag", "{tag}").byCommit().backTo("stage-0000000"),
        run("17"));

    assertThat(world.events).contains("push stage-0000000", "commit tag: stage-0000000");
  }

  @Test
  void whatIsNamedMustBeSomething() {
    world.file(FILE, "tag: x\n");

    assertThatThrownBy(() ->
            deliver(
                tagged("v-{version}").update("tag", "{tag}").byCommit().backTo("no tag"),
                run("17")))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("`rollback-to` names nothing that is known");
  }

  @Test
  void theImageBeforeTheOneThatAFixedTagStandsFor() {
    CommitSha broken = new CommitSha("0".repeat(39) + "2");
    world.commits =
        List.of(
            new Commit(OLD, "feat: one"),
            new Commit(broken, "feat: two"),
            new Commit(HEAD, "docs: no image"));
    world.registryTags.put("web-latest", digest('b'));
    world.registryTags.put("web-" + broken.shortened(40), digest('b'));
    world.registryTags.put("web-" + OLD.shortened(40), digest('a'));

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

  private static Digest digest(char digit) {
    return new Digest("sha256:" + String.valueOf(digit).repeat(64));
  }

  /// A delivery of the same workflow, earlier on.
  private void delivered(String tag) {
    world.file(FILE, "tag: old\n");
    deliver(tagged(tag).update("tag", "{tag}").byCommit().notedIn("production"), run("1"));
    world.file(FILE, "tag: %s\n".formatted(tag));
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

  private static RunContext run(String id) {
    RunContext run = run();
    return new RunContext(
        run.repository(),
        run.commit(),
        run.branch(),
        Optional.empty(),
        run.event(),
        false,
        run.actor(),
        id,
        run.runNumber(),
        run.apiUrl(),
        run.runUrl());
  }
}
