package dev.slipway.github;

import static dev.slipway.github.GitOpsWorld.FILE;
import static dev.slipway.github.GitOpsWorld.NAME;
import static dev.slipway.github.Thrown.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.GitOpsRepository;
import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.Fault;
import dev.slipway.sandbox.RecordedRequest;
import dev.slipway.version.CommitSha;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How a change becomes one signed commit on the base branch, once.
class DirectCommitTest {
  private static final String MESSAGE =
      "Deploy shop v2\n\nSlipway-Source: acme/shop@" + "a".repeat(40) + "\n";

  private final GitOpsWorld world = new GitOpsWorld();

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void addsOneSignedCommit() {
    Snapshot base = world.read();

    Optional<CommitSha> commit = commit(world.adapter, base);

    assertThat(commit).map(CommitSha::value).contains(world.repository.head("main"));
    assertThat(world.repository.fileAt("main", FILE)).contains("tag: v2\n");
    assertThat(world.repository.parentsOf("main")).containsExactly(base.head().value());
    assertThat(world.repository.isVerified("main")).isTrue();
    assertThat(world.repository.messageOf("main")).isEqualTo(MESSAGE.strip());
    assertThat(world.repository.branches()).containsExactly("main");
    assertThat(world.repository.pullRequests()).isEmpty();
  }

  @Test
  void spendsOneWrite() {
    commit(world.adapter, world.read());

    assertThat(world.gitHub.requests())
        .map(RecordedRequest::toString)
        .filteredOn(request -> !request.contains("/git/blobs/"))
        .containsExactly("query BaseBranch", "query DirectCommit", "mutation CommitOnBranch");
  }

  @Test
  void needsNoPermissionForPullRequests() {
    world.gitHub.grant("ghs_contents", NAME, Grant.CONTENTS);

    Optional<CommitSha> commit = commit(world.adapter("ghs_contents"), world.read());

    assertThat(commit).isPresent();
  }

  @Test
  void writesNothingWhenTheBranchHasMovedOn() {
    Snapshot base = world.read();
    world.repository.file("other.yaml", "a: 1\n");

    Optional<CommitSha> commit = commit(world.adapter, base);

    assertThat(commit).isEmpty();
    assertThat(world.gitHub.writes()).isEmpty();
    assertThat(world.clock.pauses()).hasSize(1);
  }

  @Test
  void losesARaceAtTheLastMoment() {
    Snapshot base = world.read();
    world.gitHub.fault(
        "mutation CommitOnBranch",
        new Fault.Overtaken(() -> world.repository.file("other.yaml", "a: 1\n")));

    Optional<CommitSha> commit = commit(world.adapter, base);

    assertThat(commit).isEmpty();
    assertThat(world.repository.fileAt("main", FILE)).contains("tag: v1\n");
    assertThat(world.repository.fileAt("main", "other.yaml")).isPresent();
  }

  static Stream<Fault> passingFaults() {
    return Stream.of(
        new Fault.Broken(),
        new Fault.AnswerLost(),
        Fault.status(502),
        Fault.graphQlError("", "Something went wrong while executing your query."));
  }

  @ParameterizedTest
  @MethodSource("passingFaults")
  void commitsOnceWhateverHappensToTheAnswer(Fault fault) {
    Snapshot base = world.read();
    world.gitHub.fault("mutation CommitOnBranch", fault);

    Optional<CommitSha> commit = commit(world.adapter, base);

    assertThat(commit).map(CommitSha::value).contains(world.repository.head("main"));
    assertThat(world.repository.parentsOf("main")).containsExactly(base.head().value());
  }

  @Test
  void takesNobodyElsesCommitForItsOwnWhenAnAnswerIsLost() {
    Snapshot base = world.read();
    world.gitHub.fault("mutation CommitOnBranch", new Fault.Broken());
    world.gitHub.fault("query DirectCommit", new Fault.Overtaken(() -> {}));
    world.gitHub.fault(
        "query DirectCommit", new Fault.Overtaken(() -> world.repository.file(FILE, "tag: v9\n")));

    Optional<CommitSha> commit = commit(world.adapter, base);

    assertThat(commit).isEmpty();
    assertThat(world.repository.fileAt("main", FILE)).contains("tag: v9\n");
  }

  @Test
  void keepsTheModeOfAnExecutable() {
    world.repository.file("deploy.sh", "tag: v1\n".getBytes(StandardCharsets.UTF_8), 0100755);
    Snapshot base = world.adapter.read(Optional.empty(), Set.of("deploy.sh"));

    Optional<CommitSha> commit = world.adapter.commit(base, MESSAGE, changes("deploy.sh"));

    assertThat(commit).map(CommitSha::value).contains(world.repository.head("main"));
    assertThat(world.repository.modeAt("main", "deploy.sh")).isEqualTo(0100755);
    assertThat(world.repository.parentsOf("main")).containsExactly(base.head().value());
  }

  @Test
  void losesARaceForAnExecutableToo() {
    world.repository.file("deploy.sh", "tag: v1\n".getBytes(StandardCharsets.UTF_8), 0100755);
    Snapshot base = world.adapter.read(Optional.empty(), Set.of("deploy.sh"));
    world.gitHub.fault(
        "mutation MoveBranch",
        new Fault.Overtaken(() -> world.repository.file("other.yaml", "a: 1\n")));

    Optional<CommitSha> commit = world.adapter.commit(base, MESSAGE, changes("deploy.sh"));

    assertThat(commit).isEmpty();
    assertThat(world.repository.fileAt("main", "other.yaml")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Repository rule violations found: Changes must be made through a pull request.",
        "Changes must be made through a pull request.",
        "At least 1 approving review is required by reviewers with write access.",
        "GH006: Protected branch update failed for refs/heads/main."
      })
  void saysWhatToDoAboutAProtectedBranch(String words) {
    world.repository.rules().guard("main", words);

    Problem problem = problemOf(() -> commit(world.adapter, world.read()));

    assertThat(problem.what())
        .isEqualTo("A rule of acme/gitops forbids commits on its base branch");
    assertThat(problem.why()).contains(words);
    assertThat(problem.fix()).contains("`gitops-delivery: pull-request`").contains("bypass");
  }

  @Test
  void saysWhichPermissionIsMissing() {
    world.gitHub.grant("ghs_ro", NAME, Grant.READ);

    Problem problem = problemOf(() -> commit(world.adapter("ghs_ro"), world.read()));

    assertThat(problem.what())
        .isEqualTo("GitHub refused to let us commit to the base branch of acme/gitops");
    assertThat(problem.fix()).contains("contents=write").doesNotContain("pull_requests");
  }

  private static Optional<CommitSha> commit(GitOpsRepository adapter, Snapshot base) {
    return adapter.commit(base, MESSAGE, changes(FILE));
  }

  private static List<FileChange> changes(String path) {
    return GitOpsWorld.proposal(Map.of(path, "tag: v2\n"), "").changes();
  }
}
