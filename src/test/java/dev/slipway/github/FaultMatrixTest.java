package dev.slipway.github;

import static dev.slipway.github.GitOpsWorld.FILE;
import static dev.slipway.github.GitOpsWorld.HEAD_BRANCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Operation;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.problem.ActionException;
import dev.slipway.sandbox.FakePullRequest;
import dev.slipway.sandbox.Fault;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every request of a run, crossed with every fault: the end is always the same one pull request
/// with the same one commit.
class FaultMatrixTest {
  private static final List<String> REQUESTS =
      List.of(
          "query BaseBranch",
          "/git/blobs/",
          "query HeadBranch",
          "/git/refs",
          "mutation CommitOnBranch",
          "mutation MoveBranch",
          "/pulls",
          "query MergeState",
          "mutation EnableAutoMerge");

  private static final List<String> UPDATES =
      List.of("mutation CommitOnBranch", "mutation MoveBranch", "mutation RetellPullRequest");

  /// What goes wrong with any request.
  static final Map<String, Fault> PASSING =
      Map.of(
          "breaks before its effect", new Fault.Broken(),
          "breaks after its effect", new Fault.AnswerLost(),
          "is answered with 502", Fault.status(502),
          "is answered with 429", new Fault.Instead(429, Map.of("Retry-After", "2"), ""));

  /// What goes wrong with GraphQL.
  static final Map<String, Fault> FAULTY =
      Map.of(
          "is given up by GitHub",
          Fault.graphQlError("", "Something went wrong while executing your query."));

  private static Stream<DynamicTest> crossed(
      List<String> requests,
      Map<String, Fault> faults,
      Consumer<GitOpsWorld> before,
      Operation operation) {
    return requests.stream()
        .flatMap(request ->
            faults.entrySet().stream()
                .map(fault ->
                    DynamicTest.dynamicTest(
                        request + " " + fault.getKey(),
                        () -> survives(request, fault.getValue(), before, operation))));
  }

  private static void survives(
      String request, Fault fault, Consumer<GitOpsWorld> before, Operation operation) {
    try (GitOpsWorld world = new GitOpsWorld()) {
      world.repository.rules().allowAutoMerge().requireCheck();
      before.accept(world);
      world.gitHub.forgetRequests();
      world.gitHub.fault(request, fault);

      Proposed proposed = world.propose("v2");
      Merge merge = world.adapter.autoMerge(proposed, MergeMethod.SQUASH);

      assertThat(world.gitHub.requests()).anyMatch(sent -> sent.toString().contains(request));
      assertThat(proposed.operation()).isEqualTo(operation);
      assertThat(merge).isEqualTo(new Merge.Enabled(MergeMethod.SQUASH));
      assertHappyEnd(world);
    }
  }

  private static void assertHappyEnd(GitOpsWorld world) {
    assertThat(world.repository.branches()).containsExactly("main", HEAD_BRANCH);
    assertThat(world.repository.fileAt(HEAD_BRANCH, FILE)).contains("tag: v2\n");
    assertThat(world.repository.parentsOf(HEAD_BRANCH))
        .containsExactly(world.repository.head("main"));
    assertThat(world.repository.pullRequests()).hasSize(1);
    FakePullRequest only = world.repository.pullRequests().getFirst();
    assertThat(only.state()).isEqualTo(FakePullRequest.State.OPEN);
    assertThat(only.title()).isEqualTo("Deploy shop v2");
  }

  @TestFactory
  Stream<DynamicTest> oneFaultDoesNotStopAFreshRun() {
    return crossed(REQUESTS, PASSING, _ -> {}, Operation.CREATED);
  }

  @TestFactory
  Stream<DynamicTest> oneFaultDoesNotStopAnUpdate() {
    return Stream.of(PASSING, FAULTY)
        .flatMap(
            faults -> crossed(UPDATES, faults, world -> world.propose("v1.9"), Operation.UPDATED));
  }

  @TestFactory
  Stream<DynamicTest> anotherRunContinuesWhatAFailureLeft() {
    return REQUESTS.stream()
        .map(request -> DynamicTest.dynamicTest(request, () -> isContinued(request)));
  }

  private static void isContinued(String request) {
    try (GitOpsWorld world = new GitOpsWorld()) {
      world.repository.rules().allowAutoMerge().requireCheck();
      world.gitHub.fault(request, Fault.status(400, "No reason given"));

      Throwable first =
          catchThrowable(() -> world.adapter.autoMerge(world.propose("v2"), MergeMethod.SQUASH));
      Merge second = world.adapter.autoMerge(world.propose("v2"), MergeMethod.SQUASH);

      assertThat(first == null || first instanceof ActionException).isTrue();
      assertThat(second).isInstanceOf(Merge.Enabled.class);
      assertHappyEnd(world);
    }
  }
}
