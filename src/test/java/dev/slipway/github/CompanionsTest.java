package dev.slipway.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.delivery.PullRequestSettings;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.Fault;
import dev.slipway.sandbox.RecordedRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompanionsTest {
  private static final PullRequestSettings SETTINGS =
      new PullRequestSettings(
          Duration.ZERO,
          false,
          List.of("deploy", "shop"),
          List.of("octocat"),
          List.of("ops"),
          List.of("hubot"));

  private final GitOpsWorld world = new GitOpsWorld();

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void setsEverythingOnANewPullRequest() {
    Proposed proposed = world.propose("v2");
    world.gitHub.forgetRequests();

    List<Problem> problems = world.adapter.accompany(proposed, SETTINGS);

    assertThat(problems).isEmpty();
    assertThat(companions())
        .containsExactly(
            "label deploy", "label shop", "assignee hubot", "reviewer octocat", "team ops");
    assertThat(world.gitHub.requests())
        .extracting(RecordedRequest::toString)
        .containsExactly(
            "POST /repos/acme/gitops/issues/1/labels",
            "POST /repos/acme/gitops/issues/1/assignees",
            "POST /repos/acme/gitops/pulls/1/requested_reviewers",
            "POST /repos/acme/gitops/pulls/1/requested_reviewers");
  }

  @Test
  void asksForAReviewOnlyOnce() {
    world.propose("v2");

    world.adapter.accompany(world.propose("v3"), SETTINGS);

    assertThat(companions()).containsExactly("label deploy", "label shop", "assignee hubot");
  }

  @Test
  void leavesAPullRequestAloneThatSaysItAlready() {
    world.propose("v2");
    Proposed again = world.propose("v2");
    world.gitHub.forgetRequests();

    world.adapter.accompany(again, SETTINGS);

    assertThat(world.gitHub.requests()).isEmpty();
  }

  @Test
  void triesAgainWhatGitHubHasOnlyJustHeardOf() {
    Proposed proposed = world.propose("v2");
    world.gitHub.fault(
        "/labels", Fault.status(422, "Could not resolve to a node with the global id of 'PR_1'"));

    assertThat(world.adapter.accompany(proposed, SETTINGS)).isEmpty();
    assertThat(companions()).contains("label deploy");
  }

  @Test
  void tellsWhatCouldNotBeSetAndSetsTheRest() {
    Proposed proposed = world.propose("v2");
    world.gitHub.fault("/assignees", Fault.status(403, "Resource not accessible by integration"));
    world.gitHub.fault(
        "/requested_reviewers",
        Fault.status(422, "Reviews may only be requested from collaborators"));

    List<Problem> problems = world.adapter.accompany(proposed, SETTINGS);

    assertThat(problems)
        .extracting(Problem::what)
        .containsExactly(
            "The assignees of pull request #1 could not be set: hubot",
            "The reviewers of pull request #1 could not be set: octocat");
    assertThat(problems.getFirst().fix()).contains("pull_requests=write");
    assertThat(problems.getLast().why()).contains("collaborators");
    assertThat(problems.getLast().fix()).contains("`pull-request-reviewers`");
    assertThat(companions()).containsExactly("label deploy", "label shop", "team ops");
  }

  private List<String> companions() {
    return world.repository.pullRequests().getFirst().companions();
  }
}
