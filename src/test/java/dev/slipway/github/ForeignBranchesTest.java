package dev.slipway.github;

import static dev.slipway.github.GitOpsWorld.FILE;
import static dev.slipway.github.GitOpsWorld.HEAD_BRANCH;
import static dev.slipway.github.GitOpsWorld.proposal;
import static dev.slipway.github.Thrown.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.Fault;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Branches that are not ours: nobody else's work is overwritten.
class ForeignBranchesTest {
  @AutoClose private final GitOpsWorld world = new GitOpsWorld();

  @Test
  void overwritesNobodyElsesCommit() {
    world.propose("v2");
    String theirs = world.repository.commit(HEAD_BRANCH, "Fix by hand\n\nText", FILE, "tag: v2a\n");
    world.gitHub.forgetRequests();

    Problem problem = problemOf(() -> world.propose("v3"));

    assertThat(problem)
        .isEqualTo(
            new Problem(
                "Branch `%s` of acme/gitops has somebody else's commit".formatted(HEAD_BRANCH),
                "its tip %s, \"Fix by hand\", was not made by Slipway, and is not overwritten"
                    .formatted(theirs.substring(0, 7)),
                "Merge or close its pull request and delete the branch, or set `pull-request-branch` to another name"));
    assertThat(world.repository.head(HEAD_BRANCH)).isEqualTo(theirs);
    assertThat(world.gitHub.writes()).isEmpty();
  }

  @Test
  void overwritesNobodyElsesCommitBelowAnUpdateOfTheBranch() {
    world.propose("v2");
    world.repository.commit(HEAD_BRANCH, "Fix by hand", "other.txt", "theirs");
    world.repository.file("base.txt", "newer");
    String merged = world.repository.updateBranch(HEAD_BRANCH);

    Problem problem = problemOf(() -> world.propose("v3"));

    assertThat(problem.what()).contains("has somebody else's commit");
    assertThat(world.repository.head(HEAD_BRANCH)).isEqualTo(merged);
  }

  @Test
  void overwritesNobodyElsesBranchOfThatName() {
    world.repository.branch(HEAD_BRANCH);

    Problem problem = problemOf(() -> world.propose("v2"));

    assertThat(problem.what()).contains("has somebody else's commit");
  }

  @Test
  void overwritesNoCommitThatComesAtTheLastMoment() {
    world.propose("v2");
    Snapshot base = world.read();
    world.gitHub.fault(
        "MoveBranch",
        new Fault.Overtaken(
            () -> world.repository.commit(HEAD_BRANCH, "Fix by hand", FILE, "tag: v2a\n")));

    Problem problem = problemOf(() -> world.propose(base, proposal("v3")));

    assertThat(problem.what()).contains("has somebody else's commit");
    assertThat(world.repository.fileAt(HEAD_BRANCH, FILE)).contains("tag: v2a\n");
    assertThat(world.repository.branches()).containsExactly("main", HEAD_BRANCH);
  }

  @Test
  void givesUpOnABranchThatNeverHoldsStill() {
    Snapshot base = world.read();
    for (int i = 0; i < 6; i++) {
      String tag = "v1." + i;
      world.gitHub.fault(
          "MoveBranch",
          new Fault.Overtaken(() ->
              world.repository.commit(
                  HEAD_BRANCH, "Deploy\n\nSlipway-Source: acme/shop@x", FILE, tag)));
    }

    Problem problem = problemOf(() -> world.propose(base, proposal("v3")));

    assertThat(problem.what())
        .isEqualTo("Branch `%s` of acme/gitops does not hold still".formatted(HEAD_BRANCH));
    assertThat(world.repository.branches()).containsExactly("main", HEAD_BRANCH);
  }
}
