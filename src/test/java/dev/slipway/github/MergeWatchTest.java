package dev.slipway.github;

import static dev.slipway.github.GitOpsWorld.FILE;
import static dev.slipway.github.GitOpsWorld.HEAD_BRANCH;
import static dev.slipway.github.Thrown.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.GitOpsRepository.Awaited;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.delivery.Provenance;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakePullRequest;
import dev.slipway.sandbox.FakeRules;
import dev.slipway.sandbox.Fault;
import dev.slipway.version.CommitSha;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MergeWatchTest {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Optional<MergeMethod> SQUASH = Optional.of(MergeMethod.SQUASH);

  private final GitOpsWorld world = new GitOpsWorld();
  private final FakeRules rules = world.repository.rules().allowAutoMerge();
  private final RecordedStates states = new RecordedStates();

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void returnsTheMergeCommitWhenGitHubHasMerged() {
    Proposed proposed = armed();
    afterLooks(3, world.repository::passChecks);

    Awaited end = await(proposed, SQUASH);

    assertThat(end).isEqualTo(new Awaited.Merged(new CommitSha(world.repository.head("main"))));
    assertThat(states.all())
        .containsExactly("Pull request #1: required checks have not ended: build");
    assertThat(world.clock.pauses())
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofMillis(4500));
  }

  @Test
  void waitsForAPersonWhereAutoMergeIsOff() {
    Proposed proposed = world.propose("v2");
    afterLooks(1, () -> world.repository.merge(pullRequest()));

    Awaited end = await(proposed, Optional.empty());

    assertThat(end).isInstanceOf(Awaited.Merged.class);
    assertThat(states.all()).containsExactly("Pull request #1: nobody has merged it yet");
  }

  @Test
  void isRedWhenSomebodyClosesIt() {
    Proposed proposed = armed();
    afterLooks(1, pullRequest()::close);

    Problem problem = problemOf(() -> await(proposed, SQUASH));

    assertThat(problem.what())
        .isEqualTo("Pull request #1 of acme/gitops was closed without being merged");
  }

  @Test
  void isRedWhenARequiredCheckFailed() {
    Proposed proposed = armed();
    rules.failCheck();

    Problem problem = problemOf(() -> await(proposed, SQUASH));

    assertThat(problem.what())
        .isEqualTo("Pull request #1 of acme/gitops cannot be merged: required checks failed");
    assertThat(problem.why()).contains("build").contains("/acme/gitops/pull/1");
    assertThat(world.clock.pauses()).hasSize(1);
  }

  @Test
  void givesACheckThatIsRunAgainItsChance() {
    Proposed proposed = armed();
    rules.failCheck();
    afterLooks(1, world.repository::passChecks);

    assertThat(await(proposed, SQUASH)).isInstanceOf(Awaited.Merged.class);
  }

  @Test
  void saysWhatIsMissingWhenTheTimeIsUp() {
    rules.requireReview();
    Proposed proposed = armed();

    Problem problem = problemOf(() -> await(proposed, SQUASH));

    assertThat(problem.what())
        .isEqualTo("Pull request #1 of acme/gitops was not merged within 10 min");
    assertThat(problem.why()).startsWith("an approving review is missing");
    assertThat(problem.fix()).contains("wait-for-merge");
    assertThat(world.clock.pauses().stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(LIMIT);
  }

  @Test
  void hasItMadeAnewWhenTheBaseBranchConflicts() {
    Proposed proposed = armed();
    afterLooks(1, () -> world.repository.file(FILE, "tag: v1.5\n"));

    assertThat(await(proposed, SQUASH)).isEqualTo(new Awaited.Outdated());
  }

  @Test
  void hasItMadeAnewWhenARuleWantsItOnTheNewestBase() {
    rules.requireUpToDate();
    Proposed proposed = armed();
    afterLooks(
        1,
        () -> {
          world.repository.file("other.txt", "unrelated");
          world.repository.passChecks();
        });

    assertThat(await(proposed, SQUASH)).isEqualTo(new Awaited.Outdated());
  }

  @Test
  void enablesAutoMergeAgainWhereSomebodyDisabledIt() {
    Proposed proposed = armed();
    afterLooks(1, pullRequest()::disableAutoMerge);
    afterLooks(2, world.repository::passChecks);

    assertThat(await(proposed, SQUASH)).isInstanceOf(Awaited.Merged.class);
  }

  @Test
  void endsWhenANewerDeliveryTakesThePullRequestOver() {
    Proposed proposed = armed();
    String newer = "Deploy\n\nSlipway-Source: acme/shop@" + "b".repeat(40);
    afterLooks(1, () -> world.repository.commit(HEAD_BRANCH, newer, FILE, "tag: v3\n"));

    Awaited end = await(proposed, SQUASH, _ -> true);

    assertThat(end)
        .isInstanceOfSatisfying(
            Awaited.Overtaken.class,
            overtaken -> assertThat(overtaken.by().commit().value()).isEqualTo("b".repeat(40)));
  }

  @Test
  void removesTheBranchOnlyWhileItIsOurs() {
    Proposed proposed = world.propose("v2");

    world.adapter.removeBranch(HEAD_BRANCH, new CommitSha("c".repeat(40)));
    assertThat(world.repository.branches()).contains(HEAD_BRANCH);

    world.adapter.removeBranch(HEAD_BRANCH, proposed.head());
    assertThat(world.repository.branches()).containsExactly("main");

    world.adapter.removeBranch(HEAD_BRANCH, proposed.head());
    assertThat(world.repository.branches()).containsExactly("main");
  }

  private Proposed armed() {
    rules.requireCheck();
    Proposed proposed = world.propose("v2");
    world.adapter.autoMerge(proposed, MergeMethod.SQUASH);
    return proposed;
  }

  private Awaited await(Proposed proposed, Optional<MergeMethod> method) {
    return await(proposed, method, _ -> false);
  }

  private Awaited await(
      Proposed proposed, Optional<MergeMethod> method, Predicate<Provenance> newer) {
    return world.adapter.mergeWait(LIMIT, newer, states).await(proposed, method);
  }

  private FakePullRequest pullRequest() {
    return world.repository.pullRequests().getFirst();
  }

  /// Lets something happen just before a look, after so many others.
  private void afterLooks(int looks, Runnable event) {
    for (int look = 0; look < looks; look++) {
      world.gitHub.fault("query MergeWatch", new Fault.Overtaken(() -> {}));
    }
    world.gitHub.fault("query MergeWatch", new Fault.Overtaken(event));
  }
}
