package dev.slipway.github;

import static dev.slipway.github.GitOpsWorld.FILE;
import static dev.slipway.github.GitOpsWorld.HEAD_BRANCH;
import static dev.slipway.github.GitOpsWorld.NAME;
import static dev.slipway.github.GitOpsWorld.proposal;
import static dev.slipway.github.Thrown.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.Fault;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the person reads whose step is red because GitHub said no.
class RefusalsTest {
  @AutoClose private final GitOpsWorld world = new GitOpsWorld();

  @Test
  void asksForATokenWhereThereIsNone() {
    Problem problem =
        problemOf(() -> world.adapter(Optional.empty()).read(Optional.empty(), Set.of(FILE)));

    assertThat(problem)
        .isEqualTo(
            new Problem(
                "GitHub refused to let us read acme/gitops",
                "no token was given",
                "Give `gitops-token` a token that may see acme/gitops"));
  }

  @Test
  void saysThatATokenIsNotValid() {
    world.gitHub.revoke(GitOpsWorld.TOKEN);

    Problem problem = problemOf(world::read);

    assertThat(problem)
        .isEqualTo(
            new Problem(
                "GitHub does not accept the token in `gitops-token`",
                "GitHub says (status 401): Bad credentials; it is expired, revoked, or for another host",
                "Give it a token that is valid now; a GitHub App's token lasts an hour"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ghs_other        | A `GITHUB_TOKEN` sees only its own repository",
        "github_pat_other | Select acme/gitops under the token's repository access",
        "ghp_other        | Give the token the scope `repo`",
        "gho_other        | Give the token the scope `repo`",
        "ghu_other        | Install the app on acme/gitops",
        "other            | Check in `gitops-token` that the token may see acme/gitops"
      })
  void saysHowEachKindOfTokenGetsToSeeTheRepository(String token, String fix) {
    world.gitHub.grant(token, "acme/shop", Grant.WRITE);

    Problem problem = problemOf(() -> world.adapter(token).read(Optional.empty(), Set.of(FILE)));

    assertThat(problem.what()).isEqualTo("GitHub does not show us acme/gitops");
    assertThat(problem.fix()).startsWith("Check the name. " + fix);
    assertThat(problem.toString()).doesNotContain(token + " ");
  }

  @Test
  void saysThatSingleSignOnIsMissing() {
    world.gitHub.grant("ghp_sso", NAME, Grant.WRITE).withoutSingleSignOn("ghp_sso");

    Problem problem =
        problemOf(() -> world.adapter("ghp_sso").read(Optional.empty(), Set.of(FILE)));

    assertThat(problem.why()).contains("single sign-on");
    assertThat(problem.fix()).contains("Configure SSO");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ghs_ro | integration           | under `permissions:` of the job",
        "other  | personal access token | Give `gitops-token` a token with `contents=write`"
      })
  void saysWhichPermissionIsMissingForTheBranch(String token, String accessor, String fix) {
    world.gitHub.grant(token, NAME, Grant.READ);
    Snapshot base = world.read();

    Problem problem =
        problemOf(() -> GitOpsWorld.propose(world.adapter(token), base, proposal("v2")));

    // GitHub's schema gives a user's role only to tokens of users; `other` has one in the sandbox.
    assertThat(problem.what()).isEqualTo("GitHub refused to let us write to acme/gitops");
    assertThat(problem.why()).contains("Resource not accessible by " + accessor);
    assertThat(problem.fix()).contains("contents=write").contains(fix);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ghp_ro        | Give the token the scope `repo`, and its user write access",
        "github_pat_ro | Grant `contents=write` in the token's settings"
      })
  void seesBeforeTheFirstWriteThatAUserMayOnlyRead(String token, String fix) {
    world.gitHub.grant(token, NAME, Grant.READ);
    Snapshot base = world.read();
    world.gitHub.forgetRequests();

    Problem problem =
        problemOf(() -> GitOpsWorld.propose(world.adapter(token), base, proposal("v2")));

    assertThat(problem.what()).isEqualTo("The token may only read acme/gitops");
    assertThat(problem.why()).isEqualTo("its user has the role READ there");
    assertThat(problem.fix()).startsWith(fix);
    assertThat(world.gitHub.writes()).isEmpty();
  }

  @Test
  void saysWhichPermissionIsMissingForThePullRequest() {
    world.gitHub.grant("ghs_contents", NAME, Grant.CONTENTS);
    Snapshot base = world.read();

    Problem problem =
        problemOf(() -> GitOpsWorld.propose(world.adapter("ghs_contents"), base, proposal("v2")));

    assertThat(problem.what())
        .isEqualTo("GitHub refused to let us make a pull request in acme/gitops");
    assertThat(problem.fix()).startsWith("Grant `pull_requests=write`");
  }

  @Test
  void saysWhereActionsAreAllowedToMakePullRequests() {
    world.repository.rules().forbidActionsPullRequests();

    Problem problem = problemOf(() -> world.propose("v2"));

    assertThat(problem.why())
        .contains("GitHub Actions is not permitted to create or approve pull requests");
    assertThat(problem.fix())
        .contains("\"Allow GitHub Actions to create and approve pull requests\"");
  }

  @Test
  void removesTheBranchThatNoPullRequestCouldBeMadeOf() {
    world.repository.rules().forbidActionsPullRequests();

    Problem problem = problemOf(() -> world.propose("v2"));

    assertThat(problem.why())
        .endsWith(
            "the branch `%s`, which this run had made, is removed again".formatted(HEAD_BRANCH));
    assertThat(world.repository.branches()).containsExactly("main");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slipway-scratch/ | Repository rule violations found Cannot create ref due to creations being restricted.",
        "slipway/         | GH013: Repository rule violations found for refs/heads/slipway/x",
        "slipway/         | Cannot update this protected ref."
      })
  void saysWhichBranchesARuleMustSpare(String prefix, String words) {
    world.repository.rules().guard(prefix, words);

    Problem problem = problemOf(() -> world.propose("v2"));

    assertThat(problem.what())
        .isEqualTo("A rule of acme/gitops forbids the branch that Slipway needs");
    assertThat(problem.why()).contains(words);
    assertThat(problem.fix()).contains("the branches `slipway-scratch/*`");
    assertThat(world.repository.branches()).containsExactly("main");
  }

  @Test
  void saysThatTheRepositoryWasArchivedMeanwhile() {
    Snapshot base = world.read();
    world.repository.rules().archive();

    Problem problem = problemOf(() -> world.propose(base, proposal("v2")));

    assertThat(problem.what()).isEqualTo("acme/gitops is archived");
  }

  @Test
  void saysThatTheRunnersAddressIsNotAllowed() {
    world.gitHub.fault(
        "BaseBranch",
        Fault.graphQlError(
            "FORBIDDEN",
            "Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource."));

    Problem problem = problemOf(world::read);

    assertThat(problem.why())
        .isEqualTo("the organization's IP allow list does not have the runner's address");
  }

  @Test
  void saysThatWorkflowFilesNeedAPermissionOfTheirOwn() {
    world.gitHub.fault(
        "CommitOnBranch",
        Fault.graphQlError(
            "UNPROCESSABLE",
            "refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` without `workflows` permission"));

    Problem problem = problemOf(() -> world.propose("v2"));

    assertThat(problem.fix()).isEqualTo("Give the token the permission to change workflow files");
  }

  @Test
  void passesOnWordsThatItDoesNotKnow() {
    world.gitHub.fault(
        "CommitOnBranch", Fault.graphQlError("UNPROCESSABLE", "A path is too wonderful"));

    Problem problem = problemOf(() -> world.propose("v2"));

    assertThat(problem.why()).isEqualTo("GitHub says: A path is too wonderful");
    assertThat(world.repository.branches()).containsExactly("main");
  }
}
