package dev.slipway.delivery;

import static dev.slipway.delivery.SampleInputs.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.problem.ActionException;
import org.junit.jupiter.api.Test;

/// Races for the base branch, and which of two deliveries stays.
class CommitStoryTest extends DeliveryStory {
  @Test
  void commitsToTheBaseBranchWhereThatIsAsked() {
    world.file(FILE, "tag: old\n");

    Report report = deliver(tagged("new").update("tag", "{tag}").byCommit(), run());

    assertThat(world.events)
        .containsExactly(
            "planned",
            "pushing",
            "push new",
            "pushed",
            "commit tag: new",
            "rolled out",
            "finished");
    assertThat(world.gitOps.messages.getFirst()).contains("\nSlipway-Source: acme/shop@" + HEAD);
    assertThat(report.outcome()).isEqualTo(Outcome.DEPLOYED);
    assertThat(report.changed()).isTrue();
    assertThat(report.plan().gitOps().orElseThrow().headBranch()).isEmpty();
  }

  @Test
  void makesTheCommitAnewOnWhatAFasterRunWrote() {
    world.file(FILE, "tag: old\n");
    world.gitOps.racesToLose = 1;
    world.gitOps.duringRace = () -> world.file(FILE, "tag: old\nother: theirs\n");

    Report report = deliver(tagged("new").update("tag", "{tag}").byCommit(), run());

    assertThat(world.events).contains("commit tag: new", "commit tag: new\nother: theirs");
    assertThat(report.outcome()).isEqualTo(Outcome.DEPLOYED);
  }

  @Test
  void isDoneWhenAFasterRunWroteTheSame() {
    world.file(FILE, "tag: old\n");
    world.images.pushChanges = false;
    world.gitOps.racesToLose = 1;
    world.gitOps.duringRace = () -> world.file(FILE, "tag: new\n");

    Report report = deliver(tagged("new").update("tag", "{tag}").byCommit(), run());

    assertThat(world.events).containsOnlyOnce("commit tag: new");
    assertThat(report.outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void doesNotRaceForEver() {
    world.file(FILE, "tag: old\n");
    world.gitOps.racesToLose = Integer.MAX_VALUE;

    assertThatThrownBy(() -> deliver(tagged("new").update("tag", "{tag}").byCommit(), run()))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("acme/gitops does not hold still");
  }

  @Test
  void leavesANewerDeliveryAloneAndPushesNothing() {
    world.file(FILE, "tag: newest\n");
    world.gitOps.delivered(FILE, NEWER, target());
    world.newer = true;

    Report report = deliver(tagged("new").update("tag", "{tag}"), run());

    assertThat(world.events).containsExactly("planned", "rolled out", "finished");
    assertThat(report.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(report.changed()).isFalse();
  }

  @Test
  void isRedInsteadWhereThatIsAsked() {
    world.file(FILE, "tag: newest\n");
    world.gitOps.delivered(FILE, NEWER, target());
    world.newer = true;

    assertThatThrownBy(
            () -> deliver(tagged("new").update("tag", "{tag}").failWhenSuperseded(), run()))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("A newer delivery is in acme/gitops");
    assertThat(world.events).isEmpty();
  }

  @Test
  void deliversOverAnOlderDeliveryAndOverOneOfOtherValues() {
    world.file(FILE, "tag: old\n");
    world.gitOps.delivered(FILE, NEWER, "another");
    world.newer = true;
    assertThat(deliver(tagged("one").update("tag", "{tag}"), run()).outcome())
        .isEqualTo(Outcome.PENDING);

    world.gitOps.delivered(FILE, NEWER, target());
    world.newer = false;
    assertThat(deliver(tagged("two").update("tag", "{tag}"), run()).outcome())
        .isEqualTo(Outcome.PENDING);
  }

  @Test
  void noticesANewerDeliveryThatComesDuringTheRace() {
    world.file(FILE, "tag: old\n");
    world.newer = true;
    world.gitOps.racesToLose = 1;
    world.gitOps.duringRace =
        () -> {
          world.file(FILE, "tag: newest\n");
          world.gitOps.delivered(FILE, NEWER, target());
        };

    Report report = deliver(tagged("new").update("tag", "{tag}").byCommit(), run());

    assertThat(report.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(world.events).containsOnlyOnce("commit tag: new");
  }
}
