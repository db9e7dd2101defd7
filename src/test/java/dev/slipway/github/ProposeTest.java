package dev.slipway.github;

import static dev.slipway.github.GitOpsWorld.FILE;
import static dev.slipway.github.GitOpsWorld.HEAD_BRANCH;
import static dev.slipway.github.GitOpsWorld.proposal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.GitOpsRepository.Operation;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.sandbox.FakePullRequest;
import dev.slipway.sandbox.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// How a proposal becomes one signed commit and one pull request.
class ProposeTest {
  @AutoClose private final GitOpsWorld world = new GitOpsWorld();

  @Test
  void makesOneSignedCommitOnTheBaseAndOnePullRequest() {
    Snapshot base = world.read();

    Proposed proposed = world.propose(base, proposal("v2"));

    assertThat(proposed.operation()).isEqualTo(Operation.CREATED);
    assertThat(world.repository.fileAt(HEAD_BRANCH, FILE)).contains("tag: v2\n");
    assertThat(world.repository.parentsOf(HEAD_BRANCH)).containsExactly(base.head().value());
    assertThat(world.repository.isVerified(HEAD_BRANCH)).isTrue();
    assertThat(world.repository.head(HEAD_BRANCH)).isEqualTo(proposed.head().value());
    assertThat(world.repository.messageOf(HEAD_BRANCH))
        .isEqualTo("Deploy shop v2\n\nSlipway-Source: acme/shop@" + "a".repeat(40));
    assertThat(world.repository.branches()).containsExactly("main", HEAD_BRANCH);
    FakePullRequest made = world.repository.pullRequests().getFirst();
    assertThat(made.number()).isEqualTo(proposed.pullRequest().number());
    assertThat(made.title()).isEqualTo("Deploy shop v2");
    assertThat(made.body()).isEqualTo("Body of Deploy shop v2");
    assertThat(made.baseBranch()).isEqualTo("main");
    assertThat(proposed.pullRequest().url()).hasPath("/acme/gitops/pull/1");
  }

  @Test
  void spendsFourWritesAndTwoReadsOnAFreshPullRequest() {
    world.propose("v2");

    assertThat(world.gitHub.requests())
        .map(RecordedRequest::toString)
        .filteredOn(request -> !request.contains("/git/blobs/"))
        .containsExactly(
            "query BaseBranch",
            "query HeadBranch",
            "POST /repos/acme/gitops/git/refs",
            "mutation CommitOnBranch",
            "mutation MoveBranch",
            "POST /repos/acme/gitops/pulls");
  }

  @Test
  void writesNothingTheSecondTime() {
    Proposed first = world.propose("v2");
    world.gitHub.forgetRequests();

    Proposed second = world.propose("v2");

    assertThat(second).isEqualTo(new Proposed(first.pullRequest(), Operation.NONE, first.head()));
    assertThat(world.gitHub.writes()).isEmpty();
  }

  @Test
  void updatesTheOpenPullRequestWithoutEverClosingIt() {
    world.propose("v2");

    Proposed second = world.propose("v3");

    assertThat(second.operation()).isEqualTo(Operation.UPDATED);
    assertThat(world.repository.fileAt(HEAD_BRANCH, FILE)).contains("tag: v3\n");
    assertThat(world.repository.parentsOf(HEAD_BRANCH))
        .containsExactly(world.repository.head("main"));
    FakePullRequest only = world.repository.pullRequests().getFirst();
    assertThat(world.repository.pullRequests()).hasSize(1);
    assertThat(only.state()).isEqualTo(FakePullRequest.State.OPEN);
    assertThat(only.title()).isEqualTo("Deploy shop v3");
    assertThat(only.body()).isEqualTo("Body of Deploy shop v3");
    assertThat(world.repository.branches()).containsExactly("main", HEAD_BRANCH);
  }

  @Test
  void movesToTheNewBaseWhenTheFileChangedThere() {
    world.propose("v2");
    world.repository.file(FILE, "# reviewed\ntag: v1\n");

    Proposed second =
        world.propose(
            world.read(), proposal(Map.of(FILE, "# reviewed\ntag: v2\n"), "Deploy shop v2"));

    assertThat(second.operation()).isEqualTo(Operation.UPDATED);
    assertThat(world.repository.parentsOf(HEAD_BRANCH))
        .containsExactly(world.repository.head("main"));
  }

  @Test
  void leavesAPullRequestAloneThatStillMergesOntoANewerBase() {
    Proposed first = world.propose("v2");
    world.repository.file("other.txt", "unrelated");
    world.gitHub.forgetRequests();

    Proposed second = world.propose("v2");

    assertThat(second.operation()).isEqualTo(Operation.NONE);
    assertThat(second.head()).isEqualTo(first.head());
    assertThat(world.gitHub.writes()).isEmpty();
  }

  @Test
  void catchesUpWithTheBaseWhereARuleWantsThat() {
    world.repository.rules().requireUpToDate();
    world.propose("v2");
    world.repository.file("other.txt", "unrelated");

    Proposed second = world.propose("v2");

    assertThat(second.operation()).isEqualTo(Operation.UPDATED);
    assertThat(world.repository.parentsOf(HEAD_BRANCH))
        .containsExactly(world.repository.head("main"));
  }

  @Test
  void undoesWhatAnEarlierProposalChangedBeside() {
    world.repository.file("two.yaml", "tag: v1\n");
    world.propose(
        world.read(), proposal(Map.of(FILE, "tag: v2\n", "two.yaml", "tag: v2\n"), "Both"));

    world.propose("v2");

    assertThat(world.repository.fileAt(HEAD_BRANCH, "two.yaml")).contains("tag: v1\n");
  }

  @Test
  void createsFilesThatWereAbsent() {
    world.propose(
        world.read(), proposal(Map.of("new/application.yaml", "kind: App\n"), "Bootstrap"));

    assertThat(world.repository.fileAt(HEAD_BRANCH, "new/application.yaml"))
        .contains("kind: App\n");
    assertThat(world.repository.fileAt(HEAD_BRANCH, FILE)).contains("tag: v1\n");
  }

  @Test
  void keepsTheModeOfAnExecutable() {
    world.repository.file("run.sh", "v1\n".getBytes(StandardCharsets.UTF_8), 0100755);

    Proposed proposed =
        world.propose(
            world.read(), proposal(Map.of("run.sh", "v2\n", FILE, "tag: v2\n"), "Deploy"));

    assertThat(proposed.operation()).isEqualTo(Operation.CREATED);
    assertThat(world.repository.fileAt(HEAD_BRANCH, "run.sh")).contains("v2\n");
    assertThat(world.repository.modeAt(HEAD_BRANCH, "run.sh")).isEqualTo(0100755);
    assertThat(world.repository.modeAt(HEAD_BRANCH, FILE)).isEqualTo(0100644);
    assertThat(world.repository.isVerified(HEAD_BRANCH)).isTrue();
    assertThat(world.repository.branches()).containsExactly("main", HEAD_BRANCH);
  }

  @Test
  void takesUpABranchWhosePullRequestWasMerged() {
    world.propose("v2");
    world.repository.rules().allowAutoMerge().requireCheck();
    world.adapter.autoMerge(world.propose("v2"), MergeMethod.SQUASH);
    world.repository.passChecks();

    Proposed second = world.propose("v3");

    assertThat(second.operation()).isEqualTo(Operation.CREATED);
    assertThat(world.repository.pullRequests())
        .extracting(FakePullRequest::state)
        .containsExactly(FakePullRequest.State.MERGED, FakePullRequest.State.OPEN);
    assertThat(world.repository.parentsOf(HEAD_BRANCH))
        .containsExactly(world.repository.head("main"));
  }

  @Test
  void opensAnotherPullRequestWhereSomebodyClosedTheFirst() {
    Proposed first = world.propose("v2");
    world.repository.pullRequests().getFirst().close();

    Proposed second = world.propose("v2");

    assertThat(second.operation()).isEqualTo(Operation.CREATED);
    assertThat(second.head()).isEqualTo(first.head());
    assertThat(second.pullRequest().number()).isEqualTo(2);
  }

  @Test
  void replacesWhatTheUpdateBranchButtonMade() {
    world.propose("v2");
    world.repository.file("other.txt", "unrelated");
    world.repository.updateBranch(HEAD_BRANCH);

    Proposed second = world.propose("v3");

    assertThat(second.operation()).isEqualTo(Operation.UPDATED);
    assertThat(world.repository.parentsOf(HEAD_BRANCH))
        .containsExactly(world.repository.head("main"));
  }

  @Test
  void cutsTitlesAndBodiesAtGitHubsLimits() {
    world.propose(world.read(), proposal(Map.of(FILE, "tag: v2\n"), "x".repeat(70_000)));

    FakePullRequest made = world.repository.pullRequests().getFirst();
    assertThat(made.title()).hasSize(256).endsWith("...");
    assertThat(made.body()).hasSize(65_536).endsWith("...");
  }
}
