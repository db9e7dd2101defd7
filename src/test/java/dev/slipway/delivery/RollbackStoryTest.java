package dev.slipway.delivery;

import static dev.slipway.delivery.SampleInputs.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.delivery.DeploymentLedger.Standing;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.version.Commit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The way back by the ledger, and to what the author names.
class RollbackStoryTest extends DeliveryStory {
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

    assertThat(world.gitOps.messages.getLast())
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
    world.images.pushChanges = false;
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
    world.images.archiveProblem =
        Optional.of(new Problem("The image is not there", "it was", "Push it"));

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

  /// A delivery of the same workflow, earlier on.
  private void delivered(String tag) {
    world.file(FILE, "tag: old\n");
    deliver(tagged(tag).update("tag", "{tag}").byCommit().notedIn("production"), run("1"));
    world.file(FILE, "tag: %s\n".formatted(tag));
  }
}
