package dev.slipway.github;

import static dev.slipway.github.GitOpsWorld.FILE;
import static dev.slipway.github.GitOpsWorld.HEAD_BRANCH;
import static dev.slipway.github.GitOpsWorld.proposal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.GitOpsRepository.Operation;
import dev.slipway.delivery.GitOpsRepository.Overtaken;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.sandbox.FakePullRequest;
import dev.slipway.sandbox.Fault;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Proposals while others write too, and while GitHub has not heard of its own news.
class ProposalRacesTest {
  @AutoClose private final GitOpsWorld world = new GitOpsWorld();

  @Test
  void waitsForGitHubToWorkOutWhetherAPullRequestStillMerges() {
    world.repository.rules().unknownFor(2);
    world.propose("v2");
    world.repository.file("other.txt", "unrelated");
    world.gitHub.forgetRequests();

    Proposed second = world.propose("v2");

    assertThat(second.operation()).isEqualTo(Operation.NONE);
    assertThat(world.gitHub.writes()).isEmpty();
    assertThat(world.clock.pauses()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void makesTheCommitAnewWhenGitHubDoesNotWorkItOut() {
    world.repository.rules().unknownFor(99);
    world.propose("v2");
    world.repository.file("other.txt", "unrelated");

    Proposed second = world.propose("v2");

    assertThat(second.operation()).isEqualTo(Operation.UPDATED);
    assertThat(world.repository.parentsOf(HEAD_BRANCH))
        .containsExactly(world.repository.head("main"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CommitOnBranch | NOT_FOUND  | Could not resolve to a Ref",
        "CommitOnBranch | STALE_DATA | Expected branch to point to something",
        "MoveBranch     | STALE_DATA | Ref is at something else"
      })
  void triesAgainWhatGitHubHasOnlyJustHeardOf(String request, String type, String words) {
    world.gitHub.fault("mutation " + request, Fault.graphQlError(type, words));

    assertThat(world.propose("v2").operation()).isEqualTo(Operation.CREATED);
    assertThat(world.repository.branches()).containsExactly("main", HEAD_BRANCH);
  }

  @Test
  void triesAgainToOpenAPullRequestOfABranchThatIsNew() {
    world.gitHub.fault("/pulls", Fault.status(422, "head invalid"));

    assertThat(world.propose("v2").operation()).isEqualTo(Operation.CREATED);
  }

  @Test
  void convergesWhenAnotherRunProposesTheSameMeanwhile() {
    Snapshot base = world.read();
    world.gitHub.fault("mutation MoveBranch", new Fault.Overtaken(() -> world.propose("v2")));

    Proposed second = world.propose(base, proposal("v2"));

    assertThat(second.operation()).isEqualTo(Operation.NONE);
    assertThat(world.repository.pullRequests()).hasSize(1);
    assertThat(world.repository.branches()).containsExactly("main", HEAD_BRANCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /repos/acme/gitops/git/refs", "mutation CommitOnBranch"})
  void convergesWhenAnotherRunMakesTheSameCommitMeanwhile(String request) {
    Snapshot base = world.read();
    world.gitHub.fault(request, new Fault.Overtaken(() -> world.propose("v2")));

    Proposed second = world.propose(base, proposal("v2"));

    assertThat(second.operation()).isEqualTo(Operation.NONE);
    assertThat(world.repository.pullRequests()).hasSize(1);
    assertThat(world.repository.branches()).containsExactly("main", HEAD_BRANCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CommitOnBranch", "MoveBranch"})
  void startsAgainWhenARunThatFailedTakesTheScratchBranchAway(String request) {
    world.gitHub.fault("mutation " + request, new Fault.Overtaken(this::removeScratchBranches));

    assertThat(world.propose("v2").operation()).isEqualTo(Operation.CREATED);

    assertThat(world.repository.fileAt(HEAD_BRANCH, FILE)).contains("tag: v2\n");
    assertThat(world.repository.branches()).containsExactly("main", HEAD_BRANCH);
  }

  @Test
  void leavesNoScratchBranchBehindWhereANewerRunCameAfterALostAnswer() {
    Snapshot base = world.read();
    world.gitHub.fault("mutation CommitOnBranch", new Fault.AnswerLost());
    world.gitHub.fault("query ScratchTips", new Fault.Overtaken(() -> world.propose("v3")));

    assertThat(world.adapter.propose(base, proposal("v2"), _ -> true))
        .isInstanceOf(Overtaken.class);

    assertThat(world.repository.branches()).containsExactly("main", HEAD_BRANCH);
  }

  @Test
  void goesOnWhereTheScratchBranchIsAnotherRunsByNow() {
    world.gitHub.fault("mutation MoveBranch", new Fault.Overtaken(this::makeScratchBranchesAnew));

    assertThat(world.propose("v2").operation()).isEqualTo(Operation.CREATED);

    assertThat(world.repository.fileAt(HEAD_BRANCH, FILE)).contains("tag: v2\n");
  }

  private void makeScratchBranchesAnew() {
    world.repository.branches().stream()
        .filter(branch -> branch.startsWith(Scratch.PREFIX))
        .forEach(branch -> {
          world.repository.move("refs/heads/" + branch, Optional.empty());
          world.repository.branch(branch);
        });
  }

  private void removeScratchBranches() {
    world.repository.branches().stream()
        .filter(branch -> branch.startsWith(Scratch.PREFIX))
        .forEach(branch -> world.repository.move("refs/heads/" + branch, Optional.empty()));
  }

  @Test
  void winsOverAnotherRunThatProposedSomethingElseMeanwhile() {
    Snapshot base = world.read();
    world.gitHub.fault("mutation MoveBranch", new Fault.Overtaken(() -> world.propose("v2")));

    Proposed second = world.propose(base, proposal("v3"));

    assertThat(second.operation()).isEqualTo(Operation.UPDATED);
    assertThat(world.repository.fileAt(HEAD_BRANCH, FILE)).contains("tag: v3\n");
    assertThat(world.repository.parentsOf(HEAD_BRANCH)).containsExactly(base.head().value());
    assertThat(world.repository.pullRequests())
        .extracting(FakePullRequest::title)
        .containsExactly("Deploy shop v3");
    assertThat(world.repository.branches()).containsExactly("main", HEAD_BRANCH);
  }

  @Test
  void adoptsAPullRequestThatAppearedMeanwhile() {
    world.gitHub.fault(
        "POST /repos/acme/gitops/pulls", new Fault.Overtaken(() -> world.propose("v2")));

    Proposed second = world.propose("v2");

    assertThat(world.repository.pullRequests()).hasSize(1);
    assertThat(second.pullRequest().number()).isEqualTo(1);
    assertThat(second.operation()).isEqualTo(Operation.UPDATED);
  }

  @Test
  void letsManyRunsProposeAtOnce() throws Exception {
    Snapshot base = world.read();
    List<Callable<Proposed>> runs =
        Collections.nCopies(8, () -> world.propose(base, proposal("v2")));

    List<Future<Proposed>> proposed;
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      proposed = executor.invokeAll(runs);
    }

    assertThat(proposed)
        .allSatisfy(run -> assertThat(run.get().pullRequest().number()).isEqualTo(1));
    assertThat(world.repository.fileAt(HEAD_BRANCH, FILE)).contains("tag: v2\n");
    assertThat(world.repository.parentsOf(HEAD_BRANCH)).containsExactly(base.head().value());
    assertThat(world.repository.pullRequests()).hasSize(1);
    assertThat(world.repository.branches()).containsExactly("main", HEAD_BRANCH);
  }
}
