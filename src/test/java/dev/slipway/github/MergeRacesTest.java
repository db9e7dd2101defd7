package dev.slipway.github;

import static dev.slipway.github.GitOpsWorld.FILE;
import static dev.slipway.github.GitOpsWorld.HEAD_BRANCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Merge.Unavailable;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.sandbox.FakePullRequest;
import dev.slipway.sandbox.FakeRules;
import dev.slipway.sandbox.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Auto-merge while the world moves: checks end, heads and bases move, answers are lost.
class MergeRacesTest {
  @AutoClose private final GitOpsWorld world = new GitOpsWorld();
  private final FakeRules rules = world.repository.rules();

  @BeforeEach
  void allow() {
    rules.allowAutoMerge();
  }

  @Test
  void doesNotWaitForGitHubToWorkOutWhatItCanLeaveToIt() {
    rules.unknownFor(99).requireCheck();

    assertThat(world.adapter.autoMerge(world.propose("v2"), MergeMethod.SQUASH))
        .isEqualTo(new Merge.Enabled(MergeMethod.SQUASH));
    assertThat(world.clock.pauses()).isEmpty();
  }

  @Test
  void waitsForGitHubToWorkItOut() {
    rules.disallowAutoMerge().unknownFor(3);

    assertThat(world.adapter.autoMerge(world.propose("v2"), MergeMethod.SQUASH))
        .isEqualTo(world.merged());
    assertThat(world.clock.pauses())
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void doesNotWaitForEver() {
    rules.disallowAutoMerge().unknownFor(99);

    assertThat(world.adapter.autoMerge(world.propose("v2"), MergeMethod.SQUASH))
        .asInstanceOf(type(Unavailable.class))
        .extracting(Unavailable::why)
        .isEqualTo("GitHub did not work out in time whether it can be merged");
    assertThat(world.clock.pauses().stream().reduce(Duration.ZERO, Duration::plus))
        .isLessThan(Duration.ofMinutes(2));
  }

  @Test
  void mergesWhenTheLastCheckEndsJustBeforeItIsEnabled() {
    rules.requireCheck();
    Proposed proposed = world.propose("v2");
    world.gitHub.fault("EnableAutoMerge", new Fault.Overtaken(world.repository::passChecks));

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH)).isEqualTo(world.merged());
  }

  @Test
  void enablesItWhenACheckStartsJustBeforeTheMerge() {
    Proposed proposed = world.propose("v2");
    world.gitHub.fault("PUT ", new Fault.Overtaken(rules::requireCheck));

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH))
        .isEqualTo(new Merge.Enabled(MergeMethod.SQUASH));
  }

  @Test
  void triesAgainWhenTheBaseMoves() {
    Proposed proposed = world.propose("v2");
    world.gitHub.fault(
        "PUT ", Fault.status(405, "Base branch was modified. Review and try the merge again."));

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH)).isEqualTo(world.merged());
  }

  @Test
  void givesUpWithGitHubsWordsWhenTheyDoNotChange() {
    Proposed proposed = world.propose("v2");
    for (int i = 0; i < 9; i++) {
      world.gitHub.fault("PUT ", Fault.status(405, "Nobody merges on Fridays"));
    }

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH))
        .asInstanceOf(type(Unavailable.class))
        .extracting(Unavailable::why)
        .isEqualTo("GitHub says: Nobody merges on Fridays");
    assertThat(world.gitHub.requests())
        .filteredOn(request -> request.method().equals("PUT"))
        .hasSize(4);
  }

  @Test
  void neverMergesACommitThatIsNotOurs() {
    Proposed proposed = world.propose("v2");
    world.repository.commit(HEAD_BRANCH, "By hand", FILE, "tag: v666\n");

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH))
        .asInstanceOf(type(Unavailable.class))
        .extracting(Unavailable::why)
        .isEqualTo(
            "its branch has moved on to " + world.repository.head(HEAD_BRANCH).substring(0, 7));
    assertThat(world.pullRequest().state()).isEqualTo(FakePullRequest.State.OPEN);
  }

  @Test
  void neverMergesACommitThatComesJustBeforeTheMerge() {
    Proposed proposed = world.propose("v2");
    world.gitHub.fault(
        "PUT ",
        new Fault.Overtaken(
            () -> world.repository.commit(HEAD_BRANCH, "By hand", FILE, "tag: v666\n")));

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH))
        .isInstanceOf(Unavailable.class);
    assertThat(world.repository.fileAt("main", FILE)).contains("tag: v1\n");
  }

  @Test
  void saysThatSomebodyClosedIt() {
    Proposed proposed = world.propose("v2");
    world.pullRequest().close();

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH))
        .asInstanceOf(type(Unavailable.class))
        .extracting(Unavailable::why)
        .isEqualTo("somebody closed the pull request");
  }

  @Test
  void noticesThatItIsMergedAlready() {
    Proposed proposed = world.propose("v2");
    world.adapter.autoMerge(proposed, MergeMethod.SQUASH);
    world.gitHub.forgetRequests();

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH)).isEqualTo(world.merged());
    assertThat(world.gitHub.writes()).isEmpty();
  }

  @Test
  void findsOutWhatBecameOfALostRequest() {
    rules.requireCheck();
    Proposed proposed = world.propose("v2");
    world.gitHub.fault("EnableAutoMerge", new Fault.AnswerLost());

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH))
        .isEqualTo(new Merge.Enabled(MergeMethod.SQUASH));
    assertThat(world.gitHub.requests())
        .filteredOn(request -> request.operation().equals("EnableAutoMerge"))
        .hasSize(1);
  }

  @Test
  void findsOutWhatBecameOfALostMerge() {
    Proposed proposed = world.propose("v2");
    world.gitHub.fault("PUT ", new Fault.AnswerLost());

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH)).isEqualTo(world.merged());
    assertThat(world.gitHub.requests())
        .filteredOn(request -> request.method().equals("PUT"))
        .hasSize(1);
  }

  @Test
  void staysWithinTheBudgetOfRequestsOnTheLongestWay() {
    rules.unknownFor(1);
    world.gitHub.forgetRequests();

    world.adapter.autoMerge(world.propose("v2"), MergeMethod.SQUASH);

    assertThat(world.pullRequest().state()).isEqualTo(FakePullRequest.State.MERGED);
    assertThat(world.gitHub.requests())
        .filteredOn(request -> !request.path().contains("/git/blobs/"))
        .hasSizeLessThanOrEqualTo(10);
    assertThat(world.gitHub.writes()).hasSizeLessThanOrEqualTo(6);
  }
}
