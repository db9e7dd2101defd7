package dev.slipway.github;

import static dev.slipway.github.Thrown.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.delivery.GitOpsRepository.Withdrawal;
import dev.slipway.delivery.GitOpsRepository.Withdrawal.Closed;
import dev.slipway.delivery.GitOpsRepository.Withdrawal.NothingOpen;
import dev.slipway.delivery.GitOpsRepository.Withdrawal.StillOpen;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakePullRequest;
import dev.slipway.sandbox.FakePullRequest.State;
import dev.slipway.sandbox.Fault;
import dev.slipway.sandbox.RecordedRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Pull requests that are taken back.
class WithdrawTest {
  private static final String WHY = "Rolled back to v1.";

  private final GitOpsWorld world = new GitOpsWorld();

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void closesWhatItProposedAndRemovesTheBranch() {
    Proposed proposed = world.propose("v2");
    world.gitHub.forgetRequests();

    Withdrawal withdrawal = withdraw();

    assertThat(withdrawal).isEqualTo(new Closed(proposed.pullRequest()));
    assertThat(pullRequest().state()).isEqualTo(State.CLOSED);
    assertThat(pullRequest().body()).isEqualTo("> " + WHY + "\n\nBody of Deploy shop v2");
    assertThat(world.repository.branches()).containsExactly("main");
    assertThat(requests())
        .containsExactly("query Withdrawing", "mutation MoveBranch", "mutation SayWhy");
  }

  @Test
  void findsNothingWhereNothingIsOpen() {
    assertThat(withdraw()).isEqualTo(new NothingOpen());

    world.propose("v2");
    pullRequest().close();
    world.gitHub.forgetRequests();

    assertThat(withdraw()).isEqualTo(new NothingOpen());
    assertThat(world.gitHub.writes()).isEmpty();
  }

  @Test
  void leavesAloneWhatIsMerged() {
    world.propose("v2");
    world.repository.merge(pullRequest());

    assertThat(withdraw()).isEqualTo(new NothingOpen());
    assertThat(pullRequest().body()).isEqualTo("Body of Deploy shop v2");
  }

  @Test
  void leavesOpenWhatSomebodyElseWorkedOn() {
    Proposed proposed = world.propose("v2");
    world.repository.commit(GitOpsWorld.HEAD_BRANCH, "By hand", "notes.txt", "mine");

    Withdrawal withdrawal = withdraw();

    assertThat(withdrawal).isInstanceOf(StillOpen.class);
    StillOpen open = (StillOpen) withdrawal;
    assertThat(open.pullRequest()).isEqualTo(proposed.pullRequest());
    assertThat(open.problem().why()).contains("By hand");
    assertThat(pullRequest().state()).isEqualTo(State.OPEN);
  }

  @Test
  void closesWhatTheButtonBroughtUpToDate() {
    world.propose("v2");
    world.repository.file("other.yaml", "a: 1\n");
    world.repository.updateBranch(GitOpsWorld.HEAD_BRANCH);

    assertThat(withdraw()).isInstanceOf(Closed.class);
  }

  @Test
  void takesItOutOfTheMergeQueueFirst() {
    world.repository.rules().useMergeQueue();
    world.adapter.autoMerge(world.propose("v2"), MergeMethod.SQUASH);
    assertThat(pullRequest().isQueued()).isTrue();
    world.gitHub.forgetRequests();

    assertThat(withdraw()).isInstanceOf(Closed.class);
    assertThat(requests())
        .containsExactly(
            "query Withdrawing", "mutation Dequeue", "mutation MoveBranch", "mutation SayWhy");
  }

  @Test
  void endsAnAutoMergeThatWaits() {
    world.repository.rules().allowAutoMerge().requireCheck();
    world.adapter.autoMerge(world.propose("v2"), MergeMethod.SQUASH);
    assertThat(pullRequest().autoMerge()).isPresent();

    assertThat(withdraw()).isInstanceOf(Closed.class);

    world.repository.passChecks();
    assertThat(world.repository.fileAt("main", GitOpsWorld.FILE)).contains("tag: v1\n");
  }

  @Test
  void closesItAlthoughARuleKeepsTheBranch() {
    world.propose("v2");
    world.repository.rules().guard(GitOpsWorld.HEAD_BRANCH, "Cannot delete this protected branch");

    assertThat(withdraw()).isInstanceOf(Closed.class);
    assertThat(pullRequest().state()).isEqualTo(State.CLOSED);
    assertThat(world.repository.branches()).contains(GitOpsWorld.HEAD_BRANCH);
  }

  @Test
  void whatAnotherRunPutThereMeanwhileIsLookedAtAgain() {
    world.propose("v2");
    world.gitHub.fault(
        "mutation MoveBranch",
        new Fault.Overtaken(
            () -> world.repository.commit(GitOpsWorld.HEAD_BRANCH, "By hand", "a.txt", "1")));

    assertThat(withdraw()).isInstanceOf(StillOpen.class);
    assertThat(pullRequest().state()).isEqualTo(State.OPEN);
    assertThat(world.repository.branches()).contains(GitOpsWorld.HEAD_BRANCH);
  }

  @Test
  void noticesThatItWasMergedMeanwhile() {
    world.propose("v2");
    world.gitHub.fault(
        "mutation MoveBranch", new Fault.Overtaken(() -> world.repository.merge(pullRequest())));

    assertThat(withdraw()).isEqualTo(new NothingOpen());
    assertThat(pullRequest().state()).isEqualTo(State.MERGED);
  }

  @TestFactory
  Stream<DynamicTest> oneFaultDoesNotStopIt() {
    return Stream.of(
            "query Withdrawing", "mutation Dequeue", "mutation MoveBranch", "mutation SayWhy")
        .flatMap(request ->
            Stream.of(FaultMatrixTest.PASSING, FaultMatrixTest.FAULTY)
                .flatMap(faults -> faults.entrySet().stream())
                .map(fault ->
                    DynamicTest.dynamicTest(
                        request + " " + fault.getKey(),
                        () -> survives(request, fault.getValue()))));
  }

  private static void survives(String request, Fault fault) {
    try (GitOpsWorld world = new GitOpsWorld()) {
      world.repository.rules().useMergeQueue();
      Proposed proposed = world.propose("v2");
      world.adapter.autoMerge(proposed, MergeMethod.SQUASH);
      world.gitHub.fault(request, fault);

      Withdrawal withdrawal = world.adapter.withdraw(GitOpsWorld.HEAD_BRANCH, WHY);

      assertThat(withdrawal).isEqualTo(new Closed(proposed.pullRequest()));
      FakePullRequest closed = world.repository.pullRequests().getFirst();
      assertThat(closed.state()).isEqualTo(State.CLOSED);
      assertThat(world.repository.branches()).containsExactly("main");
    }
  }

  @Test
  void tellsWhyItCannotBeClosed() {
    world.propose("v2");
    world.gitHub.grant("ghs_reader", GitOpsWorld.NAME, Grant.READ);

    Withdrawal withdrawal = world.adapter("ghs_reader").withdraw(GitOpsWorld.HEAD_BRANCH, WHY);

    assertThat(((StillOpen) withdrawal).problem().why()).contains("Resource not accessible");
    assertThat(pullRequest().state()).isEqualTo(State.OPEN);
  }

  @Test
  void saysThatPullRequestsAreHidden() {
    world.gitHub.fault(
        "query Withdrawing",
        new Fault.Instead(
            200,
            Map.of("Content-Type", "application/json"),
            """
            {"data":{"repository":{"id":"R","pullRequests":null}},
             "errors":[{"type":"FORBIDDEN","path":["repository","pullRequests"],"message":"No"}]}
            """));

    assertThat(problemOf(this::withdraw).what())
        .isEqualTo("GitHub does not show us the pull requests of acme/gitops");
  }

  private Withdrawal withdraw() {
    return world.adapter.withdraw(GitOpsWorld.HEAD_BRANCH, WHY);
  }

  private FakePullRequest pullRequest() {
    return world.repository.pullRequests().getLast();
  }

  private List<String> requests() {
    return world.gitHub.requests().stream().map(RecordedRequest::toString).toList();
  }
}
