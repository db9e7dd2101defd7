package dev.slipway.github;

import static dev.slipway.github.GitOpsWorld.FILE;
import static dev.slipway.github.GitOpsWorld.HEAD_BRANCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Merge.Unavailable;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakePullRequest;
import dev.slipway.sandbox.FakeRules;
import dev.slipway.sandbox.Fault;
import dev.slipway.sandbox.RecordedRequest;
import dev.slipway.version.CommitSha;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every way in which a pull request is merged, armed, queued or left open: never a red step for a
/// pull request that can be merged.
class AutoMergeTest {
  private final GitOpsWorld world = new GitOpsWorld();
  private final FakeRules rules = world.repository.rules();

  /// Made after the rules, as in life.
  private Proposed propose() {
    return world.propose("v2");
  }

  private FakePullRequest pullRequest() {
    return world.repository.pullRequests().getFirst();
  }

  private Merge merged() {
    return new Merge.Merged(new CommitSha(world.repository.head("main")));
  }

  @BeforeEach
  void allow() {
    rules.allowAutoMerge();
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void leavesItToGitHubWhileARequiredCheckRuns() {
    rules.requireCheck();
    Proposed proposed = propose();

    Merge merge = world.adapter.autoMerge(proposed, MergeMethod.SQUASH);

    assertThat(merge).isEqualTo(new Merge.Enabled(MergeMethod.SQUASH));
    assertThat(pullRequest().autoMerge()).contains("SQUASH");
    world.repository.passChecks();
    assertThat(world.repository.fileAt("main", FILE)).contains("tag: v2\n");
  }

  @ParameterizedTest
  @EnumSource
  void mergesAtOnceWhenNothingIsMissing(MergeMethod method) {
    Proposed proposed = propose();

    Merge merge = world.adapter.autoMerge(proposed, method);

    assertThat(merge).isEqualTo(merged());
    assertThat(world.repository.fileAt("main", FILE)).contains("tag: v2\n");
    assertThat(world.repository.parentsOf("main")).hasSize(method == MergeMethod.MERGE ? 2 : 1);
  }

  @Test
  void keepsTheTrailersInASquash() {
    world.adapter.autoMerge(propose(), MergeMethod.SQUASH);

    assertThat(world.repository.messageOf("main"))
        .startsWith("Deploy shop v2 (#1)\n")
        .contains("\nSlipway-Source: acme/shop@");
  }

  @Test
  void mergesAtOnceWithoutAutoMergeToo() {
    rules.disallowAutoMerge();

    Merge merge = world.adapter.autoMerge(propose(), MergeMethod.SQUASH);

    assertThat(merge).isEqualTo(merged());
  }

  @Test
  void mergesWhatIsUnstable() {
    rules.runOptionalCheck();

    Merge merge = world.adapter.autoMerge(propose(), MergeMethod.SQUASH);

    assertThat(merge).isEqualTo(merged());
    assertThat(world.gitHub.writes())
        .extracting(RecordedRequest::toString)
        .containsSequence("mutation EnableAutoMerge", "PUT /repos/acme/gitops/pulls/1/merge");
  }

  @Test
  void saysWhichSettingIsMissingWhenItWouldHaveToWait() {
    rules.disallowAutoMerge().requireReview();

    Merge merge = world.adapter.autoMerge(propose(), MergeMethod.SQUASH);

    assertThat(merge)
        .isEqualTo(
            new Unavailable(
                "rules of the base branch are not met yet (BLOCKED), and the repository does not allow auto-merge",
                "Allow it in the repository's settings: General, Pull Requests, \"Allow auto-merge\"; or merge by hand"));
  }

  @Test
  void neverMergesPastARuleThatTheTokenCouldBypass() {
    rules.disallowAutoMerge().requireReview();

    world.adapter.autoMerge(propose(), MergeMethod.SQUASH);

    assertThat(world.gitHub.writes()).extracting(RecordedRequest::method).doesNotContain("PUT");
  }

  @Test
  void namesTheAllowedMethods() {
    rules.methods(FakeRules.Method.MERGE, FakeRules.Method.REBASE);

    Merge merge = world.adapter.autoMerge(propose(), MergeMethod.SQUASH);

    assertThat(merge)
        .isEqualTo(
            new Unavailable(
                "the repository does not allow the merge method `squash`",
                "Set `auto-merge` to `merge` or `rebase`, or allow it in the repository's settings: General, Pull Requests"));
  }

  @Test
  void leavesADraftAlone() {
    Proposed proposed = propose();
    pullRequest().draft();

    Merge merge = world.adapter.autoMerge(proposed, MergeMethod.SQUASH);

    assertThat(merge)
        .asInstanceOf(type(Unavailable.class))
        .extracting(Unavailable::why)
        .isEqualTo("it is a draft");
  }

  @Test
  void hasItMadeAnewWhenItConflicts() {
    Proposed proposed = propose();
    world.repository.file(FILE, "tag: v1.5\n");

    Merge merge = world.adapter.autoMerge(proposed, MergeMethod.SQUASH);

    assertThat(merge)
        .isEqualTo(
            new Merge.Outdated("it conflicts with the base branch, which has changed meanwhile"));
  }

  @Test
  void writesNothingWhenItIsEnabledAlready() {
    rules.requireCheck();
    Proposed proposed = propose();
    world.adapter.autoMerge(proposed, MergeMethod.SQUASH);
    world.gitHub.forgetRequests();

    Merge merge = world.adapter.autoMerge(proposed, MergeMethod.REBASE);

    assertThat(merge).isEqualTo(new Merge.Enabled(MergeMethod.SQUASH, false));
    assertThat(world.gitHub.writes()).isEmpty();
  }

  @Test
  void putsItIntoTheMergeQueue() {
    rules.useMergeQueue();
    Proposed proposed = propose();

    Merge merge = world.adapter.autoMerge(proposed, MergeMethod.SQUASH);

    assertThat(merge).isEqualTo(new Merge.Queued(true));
    assertThat(pullRequest().isQueued()).isTrue();
  }

  @Test
  void leavesTheMethodToTheMergeQueue() {
    rules.useMergeQueue().methods(FakeRules.Method.MERGE);

    assertThat(world.adapter.autoMerge(propose(), MergeMethod.SQUASH))
        .isEqualTo(new Merge.Queued(true));
  }

  @Test
  void waitsForChecksBeforeTheMergeQueue() {
    rules.useMergeQueue().requireCheck();

    assertThat(world.adapter.autoMerge(propose(), MergeMethod.SQUASH))
        .isEqualTo(new Merge.Enabled(MergeMethod.SQUASH));
  }

  @Test
  void writesNothingWhenItIsQueuedAlready() {
    rules.useMergeQueue();
    Proposed proposed = propose();
    world.adapter.autoMerge(proposed, MergeMethod.SQUASH);
    world.gitHub.forgetRequests();

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH))
        .isEqualTo(new Merge.Queued(false));
    assertThat(world.gitHub.writes()).isEmpty();
  }

  @Test
  void doesNotWaitForGitHubToWorkOutWhatItCanLeaveToIt() {
    rules.unknownFor(99).requireCheck();

    assertThat(world.adapter.autoMerge(propose(), MergeMethod.SQUASH))
        .isEqualTo(new Merge.Enabled(MergeMethod.SQUASH));
    assertThat(world.clock.pauses()).isEmpty();
  }

  @Test
  void waitsForGitHubToWorkItOut() {
    rules.disallowAutoMerge().unknownFor(3);

    assertThat(world.adapter.autoMerge(propose(), MergeMethod.SQUASH)).isEqualTo(merged());
    assertThat(world.clock.pauses())
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void doesNotWaitForEver() {
    rules.disallowAutoMerge().unknownFor(99);

    assertThat(world.adapter.autoMerge(propose(), MergeMethod.SQUASH))
        .asInstanceOf(type(Unavailable.class))
        .extracting(Unavailable::why)
        .isEqualTo("GitHub did not work out in time whether it can be merged");
    assertThat(world.clock.pauses().stream().reduce(Duration.ZERO, Duration::plus))
        .isLessThan(Duration.ofMinutes(2));
  }

  @Test
  void mergesWhenTheLastCheckEndsJustBeforeItIsEnabled() {
    rules.requireCheck();
    Proposed proposed = propose();
    world.gitHub.fault("EnableAutoMerge", new Fault.Overtaken(world.repository::passChecks));

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH)).isEqualTo(merged());
  }

  @Test
  void enablesItWhenACheckStartsJustBeforeTheMerge() {
    Proposed proposed = propose();
    world.gitHub.fault("PUT ", new Fault.Overtaken(rules::requireCheck));

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH))
        .isEqualTo(new Merge.Enabled(MergeMethod.SQUASH));
  }

  @Test
  void triesAgainWhenTheBaseMoves() {
    Proposed proposed = propose();
    world.gitHub.fault(
        "PUT ", Fault.status(405, "Base branch was modified. Review and try the merge again."));

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH)).isEqualTo(merged());
  }

  @Test
  void givesUpWithGitHubsWordsWhenTheyDoNotChange() {
    Proposed proposed = propose();
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
    Proposed proposed = propose();
    world.repository.commit(HEAD_BRANCH, "By hand", FILE, "tag: v666\n");

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH))
        .asInstanceOf(type(Unavailable.class))
        .extracting(Unavailable::why)
        .isEqualTo(
            "its branch has moved on to " + world.repository.head(HEAD_BRANCH).substring(0, 7));
    assertThat(pullRequest().state()).isEqualTo(FakePullRequest.State.OPEN);
  }

  @Test
  void neverMergesACommitThatComesJustBeforeTheMerge() {
    Proposed proposed = propose();
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
    Proposed proposed = propose();
    pullRequest().close();

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH))
        .asInstanceOf(type(Unavailable.class))
        .extracting(Unavailable::why)
        .isEqualTo("somebody closed the pull request");
  }

  @Test
  void noticesThatItIsMergedAlready() {
    Proposed proposed = propose();
    world.adapter.autoMerge(proposed, MergeMethod.SQUASH);
    world.gitHub.forgetRequests();

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH)).isEqualTo(merged());
    assertThat(world.gitHub.writes()).isEmpty();
  }

  @Test
  void hasItMadeAnewWhenItIsBehind() {
    rules.requireUpToDate();
    Proposed proposed = propose();
    world.repository.file("other.txt", "unrelated");

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH))
        .isEqualTo(
            new Merge.Outdated(
                "it is behind the base branch, whose rules want it on the newest state"));
    assertThat(pullRequest().autoMerge()).isEmpty();
  }

  @Test
  void saysWhichPermissionIsMissing() {
    Proposed proposed = propose();
    world.gitHub.grant("ghs_weak", GitOpsWorld.NAME, Grant.CONTENTS);
    rules.requireCheck();

    assertThat(world.adapter("ghs_weak").autoMerge(proposed, MergeMethod.SQUASH))
        .isEqualTo(
            new Unavailable(
                "GitHub says: Resource not accessible by integration; the token is a `GITHUB_TOKEN` or belongs to a GitHub App",
                "Grant `contents=write, pull_requests=write`: to a `GITHUB_TOKEN` under `permissions:` of the job, to a GitHub App in its settings and where its token is made"));
  }

  @Test
  void findsOutWhatBecameOfALostRequest() {
    rules.requireCheck();
    Proposed proposed = propose();
    world.gitHub.fault("EnableAutoMerge", new Fault.AnswerLost());

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH))
        .isEqualTo(new Merge.Enabled(MergeMethod.SQUASH));
    assertThat(world.gitHub.requests())
        .filteredOn(request -> request.operation().equals("EnableAutoMerge"))
        .hasSize(1);
  }

  @Test
  void findsOutWhatBecameOfALostMerge() {
    Proposed proposed = propose();
    world.gitHub.fault("PUT ", new Fault.AnswerLost());

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH)).isEqualTo(merged());
    assertThat(world.gitHub.requests())
        .filteredOn(request -> request.method().equals("PUT"))
        .hasSize(1);
  }

  @Test
  void staysWithinTheBudgetOfRequestsOnTheLongestWay() {
    rules.unknownFor(1);
    world.gitHub.forgetRequests();

    world.adapter.autoMerge(propose(), MergeMethod.SQUASH);

    assertThat(pullRequest().state()).isEqualTo(FakePullRequest.State.MERGED);
    assertThat(world.gitHub.requests())
        .filteredOn(request -> !request.path().contains("/git/blobs/"))
        .hasSizeLessThanOrEqualTo(10);
    assertThat(world.gitHub.writes()).hasSizeLessThanOrEqualTo(6);
  }
}
