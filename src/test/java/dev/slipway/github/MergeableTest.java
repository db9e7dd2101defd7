package dev.slipway.github;

import static dev.slipway.github.GitOpsWorld.FILE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.sandbox.FakePullRequest;
import dev.slipway.sandbox.FakeRules;
import dev.slipway.sandbox.Fault;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every setting of a repository with every state of its checks and everything that may happen just
/// before our write: the step is never red for a pull request that can be merged, never says more
/// than is so, and never merges past a rule.
class MergeableTest {
  private final GitOpsWorld world = new GitOpsWorld();

  enum Checks {
    NONE,
    OPTIONAL_RUNNING,
    REQUIRED_RUNNING,
    REQUIRED_FAILED
  }

  enum JustBeforeTheWrite {
    NOTHING,
    CHECKS_PASS,
    A_CHECK_STARTS,
    THE_BASE_MOVES
  }

  record Situation(
      boolean autoMergeAllowed,
      boolean reviewRequired,
      boolean queue,
      Checks checks,
      JustBeforeTheWrite race) {
    void arrange(FakeRules rules) {
      if (autoMergeAllowed) {
        rules.allowAutoMerge();
      }
      if (reviewRequired) {
        rules.requireReview();
      }
      if (queue) {
        rules.useMergeQueue();
      }
      switch (checks) {
        case NONE -> {}
        case OPTIONAL_RUNNING -> rules.runOptionalCheck();
        case REQUIRED_RUNNING -> rules.requireCheck();
        case REQUIRED_FAILED -> rules.failCheck();
      }
    }

    boolean isClean() {
      return !reviewRequired
          && !queue
          && (checks == Checks.NONE || checks == Checks.OPTIONAL_RUNNING)
          && race != JustBeforeTheWrite.A_CHECK_STARTS
          && race != JustBeforeTheWrite.THE_BASE_MOVES;
    }
  }

  static Stream<Situation> situations() {
    return both()
        .flatMap(autoMerge ->
            both()
                .flatMap(review ->
                    both()
                        .flatMap(queue ->
                            Arrays.stream(Checks.values())
                                .flatMap(checks ->
                                    Arrays.stream(JustBeforeTheWrite.values())
                                        .map(race ->
                                            new Situation(
                                                autoMerge, review, queue, checks, race))))));
  }

  private static Stream<Boolean> both() {
    return Stream.of(true, false);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @ParameterizedTest
  @MethodSource("situations")
  void isNeverRedAndSaysWhatIsSo(Situation situation) {
    situation.arrange(world.repository.rules());
    Proposed proposed = world.propose("v2");
    for (String write : new String[] {"mutation", "/merge"}) {
      world.gitHub.fault(write, new Fault.Overtaken(() -> happens(situation.race())));
    }

    Merge merge = world.adapter.autoMerge(proposed, MergeMethod.SQUASH);

    FakePullRequest left = world.repository.pullRequests().getFirst();
    switch (merge) {
      case Merge.Merged _ -> {
        assertThat(left.state()).isEqualTo(FakePullRequest.State.MERGED);
        assertThat(world.repository.fileAt("main", FILE)).contains("tag: v2\n");
        assertThat(situation.reviewRequired() || situation.queue()).isFalse();
      }
      case Merge.Enabled _ -> assertThat(left.autoMerge()).isPresent();
      case Merge.Queued _ -> assertThat(left.isQueued()).isTrue();
      case Merge.Unavailable(var why, var fix) -> {
        assertThat(left.state()).isEqualTo(FakePullRequest.State.OPEN);
        assertThat(why).isNotBlank();
        assertThat(fix).isNotBlank();
      }
      case Merge.Outdated _ ->
          assertThat(situation.race()).isEqualTo(JustBeforeTheWrite.THE_BASE_MOVES);
      case Merge.Off _ -> throw new AssertionError("nobody asked for that");
    }
    if (situation.isClean()) {
      assertThat(merge).isInstanceOf(Merge.Merged.class);
    }
  }

  private void happens(JustBeforeTheWrite race) {
    switch (race) {
      case NOTHING -> {}
      case CHECKS_PASS -> world.repository.passChecks();
      case A_CHECK_STARTS -> world.repository.rules().requireCheck();
      case THE_BASE_MOVES -> world.repository.commit("main", "By hand", "other.yaml", "a: b\n");
    }
  }
}
