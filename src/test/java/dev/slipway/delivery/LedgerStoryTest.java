package dev.slipway.delivery;

import static dev.slipway.delivery.SampleInputs.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.delivery.DeploymentLedger.Standing;
import dev.slipway.problem.ActionException;
import org.junit.jupiter.api.Test;

/// What a delivery notes of itself, so that there is a way back to it.
class LedgerStoryTest extends DeliveryStory {
  @Test
  void notesADeliveryAndHowItEnded() {
    world.file(FILE, "tag: old\n");

    deliver(committing().notedIn("production"), run());

    DeploymentLedger.Entry entry = world.ledger.entries.getFirst();
    assertThat(entry.standing()).isEqualTo(Standing.GOOD);
    assertThat(entry.rollback()).isFalse();
    assertThat(entry.record().commit()).isEqualTo(HEAD);
    assertThat(entry.record().values())
        .extracting(DeliveryRecord.Value::text)
        .containsExactly("new");
    assertThat(entry.record().images().getFirst().digest()).contains(World.DIGEST);
  }

  @Test
  void notesTheSameDeliveryOnce() {
    world.file(FILE, "tag: old\n");
    deliver(committing().notedIn("production"), run());
    world.file(FILE, "tag: new\n");
    world.images.pushChanges = false;

    Report second = deliver(committing().notedIn("production"), run());

    assertThat(second.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(world.ledger.entries).hasSize(1);
  }

  @Test
  void notesNothingInADryRun() {
    world.file(FILE, "tag: old\n");

    deliver(committing().notedIn("production").dryRun(), run());

    assertThat(world.ledger.entries).isEmpty();
  }

  @Test
  void servicesThatShareAnEnvironmentHaveTargetsOfTheirOwn() {
    world.file(FILE, "tag: old\nother: old\n");

    deliver(committing().notedIn("production"), run());
    deliver(tagged("new").update("other", "{tag}").byCommit().notedIn("production"), run());

    assertThat(world.ledger.targets).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void notesThatADeliveryFailed() {
    world.file(FILE, "tag: old\n");
    world.gitOps.racesToLose = Integer.MAX_VALUE;

    assertThatThrownBy(() -> deliver(committing().notedIn("production"), run()))
        .isInstanceOf(ActionException.class);

    assertThat(world.ledger.entries)
        .extracting(DeploymentLedger.Entry::standing, DeploymentLedger.Entry::note)
        .containsExactly(tuple(Standing.BAD, "acme/gitops does not hold still"));
  }
}
