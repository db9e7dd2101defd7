package dev.slipway.github;

import static dev.slipway.github.GitOpsWorld.FILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Merge.Unavailable;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeRules;
import dev.slipway.sandbox.RecordedRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every way in which a pull request is merged, armed, queued or left open: never a red step for a
/// pull request that can be merged.
class AutoMergeTest {
  @AutoClose private final GitOpsWorld world = new GitOpsWorld();
  private final FakeRules rules = world.repository.rules();

  @BeforeEach
  void allow() {
    rules.allowAutoMerge();
  }

  @Test
  void leavesItToGitHubWhileARequiredCheckRuns() {
    rules.requireCheck();
    Proposed proposed = world.propose("v2");

    Merge merge = world.adapter.autoMerge(proposed, MergeMethod.SQUASH);

    assertThat(merge).isEqualTo(new Merge.Enabled(MergeMethod.SQUASH));
    assertThat(world.pullRequest().autoMerge()).contains("SQUASH");
    world.repository.passChecks();
    assertThat(world.repository.fileAt("main", FILE)).contains("tag: v2\n");
  }

  @ParameterizedTest
  @EnumSource
  void mergesAtOnceWhenNothingIsMissing(MergeMethod method) {
    Proposed proposed = world.propose("v2");

    Merge merge = world.adapter.autoMerge(proposed, method);

    assertThat(merge).isEqualTo(world.merged());
    assertThat(world.repository.fileAt("main", FILE)).contains("tag: v2\n");
    assertThat(world.repository.parentsOf("main")).hasSize(method == MergeMethod.MERGE ? 2 : 1);
  }

  @Test
  void keepsTheTrailersInASquash() {
    world.adapter.autoMerge(world.propose("v2"), MergeMethod.SQUASH);

    assertThat(world.repository.messageOf("main"))
        .startsWith("Deploy shop v2 (#1)\n")
        .contains("\nSlipway-Source: acme/shop@");
  }

  @Test
  void mergesAtOnceWithoutAutoMergeToo() {
    rules.disallowAutoMerge();

    Merge merge = world.adapter.autoMerge(world.propose("v2"), MergeMethod.SQUASH);

    assertThat(merge).isEqualTo(world.merged());
  }

  @Test
  void mergesWhatIsUnstable() {
    rules.runOptionalCheck();

    Merge merge = world.adapter.autoMerge(world.propose("v2"), MergeMethod.SQUASH);

    assertThat(merge).isEqualTo(world.merged());
    assertThat(world.gitHub.writes())
        .extracting(RecordedRequest::toString)
        .containsSequence("mutation EnableAutoMerge", "PUT /repos/acme/gitops/pulls/1/merge");
  }

  @Test
  void saysWhichSettingIsMissingWhenItWouldHaveToWait() {
    rules.disallowAutoMerge().requireReview();

    Merge merge = world.adapter.autoMerge(world.propose("v2"), MergeMethod.SQUASH);

    assertThat(merge)
        .isEqualTo(
            new Unavailable(
                "rules of the base branch are not met yet (BLOCKED), and the repository does not allow auto-merge",
                "Allow it in the repository's settings: General, Pull Requests, \"Allow auto-merge\"; or merge by hand"));
  }

  @Test
  void neverMergesPastARuleThatTheTokenCouldBypass() {
    rules.disallowAutoMerge().requireReview();

    world.adapter.autoMerge(world.propose("v2"), MergeMethod.SQUASH);

    assertThat(world.gitHub.writes()).extracting(RecordedRequest::method).doesNotContain("PUT");
  }

  @Test
  void namesTheAllowedMethods() {
    rules.methods(FakeRules.Method.MERGE, FakeRules.Method.REBASE);

    Merge merge = world.adapter.autoMerge(world.propose("v2"), MergeMethod.SQUASH);

    assertThat(merge)
        .isEqualTo(
            new Unavailable(
                "the repository does not allow the merge method `squash`",
                "Set `auto-merge` to `merge` or `rebase`, or allow it in the repository's settings: General, Pull Requests"));
  }

  @Test
  void leavesADraftAlone() {
    Proposed proposed = world.propose("v2");
    world.pullRequest().draft();

    Merge merge = world.adapter.autoMerge(proposed, MergeMethod.SQUASH);

    assertThat(merge)
        .asInstanceOf(type(Unavailable.class))
        .extracting(Unavailable::why)
        .isEqualTo("it is a draft");
  }

  @Test
  void hasItMadeAnewWhenItConflicts() {
    Proposed proposed = world.propose("v2");
    world.repository.file(FILE, "tag: v1.5\n");

    Merge merge = world.adapter.autoMerge(proposed, MergeMethod.SQUASH);

    assertThat(merge)
        .isEqualTo(
            new Merge.Outdated("it conflicts with the base branch, which has changed meanwhile"));
  }

  @Test
  void writesNothingWhenItIsEnabledAlready() {
    rules.requireCheck();
    Proposed proposed = world.propose("v2");
    world.adapter.autoMerge(proposed, MergeMethod.SQUASH);
    world.gitHub.forgetRequests();

    Merge merge = world.adapter.autoMerge(proposed, MergeMethod.REBASE);

    assertThat(merge).isEqualTo(new Merge.Enabled(MergeMethod.SQUASH, false));
    assertThat(world.gitHub.writes()).isEmpty();
  }

  @Test
  void putsItIntoTheMergeQueue() {
    rules.useMergeQueue();
    Proposed proposed = world.propose("v2");

    Merge merge = world.adapter.autoMerge(proposed, MergeMethod.SQUASH);

    assertThat(merge).isEqualTo(new Merge.Queued(true));
    assertThat(world.pullRequest().isQueued()).isTrue();
  }

  @Test
  void leavesTheMethodToTheMergeQueue() {
    rules.useMergeQueue().methods(FakeRules.Method.MERGE);

    assertThat(world.adapter.autoMerge(world.propose("v2"), MergeMethod.SQUASH))
        .isEqualTo(new Merge.Queued(true));
  }

  @Test
  void waitsForChecksBeforeTheMergeQueue() {
    rules.useMergeQueue().requireCheck();

    assertThat(world.adapter.autoMerge(world.propose("v2"), MergeMethod.SQUASH))
        .isEqualTo(new Merge.Enabled(MergeMethod.SQUASH));
  }

  @Test
  void writesNothingWhenItIsQueuedAlready() {
    rules.useMergeQueue();
    Proposed proposed = world.propose("v2");
    world.adapter.autoMerge(proposed, MergeMethod.SQUASH);
    world.gitHub.forgetRequests();

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH))
        .isEqualTo(new Merge.Queued(false));
    assertThat(world.gitHub.writes()).isEmpty();
  }

  @Test
  void hasItMadeAnewWhenItIsBehind() {
    rules.requireUpToDate();
    Proposed proposed = world.propose("v2");
    world.repository.file("other.txt", "unrelated");

    assertThat(world.adapter.autoMerge(proposed, MergeMethod.SQUASH))
        .isEqualTo(
            new Merge.Outdated(
                "it is behind the base branch, whose rules want it on the newest state"));
    assertThat(world.pullRequest().autoMerge()).isEmpty();
  }

  @Test
  void saysWhichPermissionIsMissing() {
    Proposed proposed = world.propose("v2");
    world.gitHub.grant("ghs_weak", GitOpsWorld.NAME, Grant.CONTENTS);
    rules.requireCheck();

    assertThat(world.adapter("ghs_weak").autoMerge(proposed, MergeMethod.SQUASH))
        .isEqualTo(
            new Unavailable(
                "GitHub says: Resource not accessible by integration; the token is a `GITHUB_TOKEN` or belongs to a GitHub App",
                "Grant `contents=write, pull_requests=write`: to a `GITHUB_TOKEN` under `permissions:` of the job, to a GitHub App in its settings and where its token is made"));
  }
}
