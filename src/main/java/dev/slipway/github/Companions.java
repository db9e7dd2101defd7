package dev.slipway.github;

import dev.slipway.delivery.GitOpsRepository.Operation;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.delivery.PullRequestSettings;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.github.GHPullRequest;

/// The labels and people of one pull request. None of them decides about the delivery, so what
/// cannot be set is told and no failure.
final class Companions {
  /// What GitHub says of a pull request that it has only just heard of.
  private static final String NOT_SEEN_YET = "Could not resolve to a node";

  private final GitHubApi api;
  private final Refusals refusals;
  private final Proposed proposed;
  private final PullRequestSettings settings;
  private final GHPullRequest pullRequest;
  private final List<Problem> problems = new ArrayList<>();

  Companions(GitHubApi api, Refusals refusals, Proposed proposed, PullRequestSettings settings) {
    this.api = api;
    this.refusals = refusals;
    this.proposed = proposed;
    this.settings = settings;
    this.pullRequest = pullRequest(refusals.repository());
  }

  private GHPullRequest pullRequest(RepositoryName repository) {
    return api.library().pullRequest(repository, proposed.pullRequest().number(), settings);
  }

  /// Sets what is asked for. People are asked for a review once: who has given it, is not bothered
  /// again by the next delivery.
  List<Problem> set() {
    if (proposed.operation() == Operation.NONE) {
      return List.of();
    }
    set(
        "labels",
        settings.labels(),
        () -> pullRequest.addLabels(settings.labels().toArray(String[]::new)));
    set(
        "assignees",
        settings.assignees(),
        () -> {
          pullRequest.addAssignees(pullRequest.getAssignees());
          return pullRequest;
        });
    if (proposed.operation() == Operation.CREATED) {
      askForReviews();
    }
    return List.copyOf(problems);
  }

  private void askForReviews() {
    set(
        "reviewers",
        settings.reviewers(),
        () -> {
          pullRequest.requestReviewers(pullRequest.getRequestedReviewers());
          return pullRequest;
        });
    set(
        "team-reviewers",
        settings.teamReviewers(),
        () -> {
          pullRequest.requestTeamReviewers(pullRequest.getRequestedTeams());
          return pullRequest;
        });
  }

  private void set(String what, List<String> wanted, Library.Request<?> request) {
    if (wanted.isEmpty()) {
      return;
    }
    Attempts attempts = new Attempts(api.waiting());
    while (true) {
      try {
        api.library().call(request);
        return;
      } catch (Refused refused) {
        if (!refused.says(NOT_SEEN_YET) || attempts.exhausted()) {
          problems.add(problem(what, wanted, refused));
          return;
        }
        attempts.failed(refused);
      } catch (Lost | ActionException e) {
        // Saying it twice does no harm, but it is not worth a second wait either.
        problems.add(notSet(what, wanted, String.valueOf(e.getMessage()), "run the step again"));
        return;
      }
    }
  }

  private Problem problem(String what, List<String> wanted, Refused refused) {
    boolean hidden = refused.isNotFound() || refused.status() == 403;
    return notSet(
        what,
        wanted,
        "GitHub says (status %d): %s".formatted(refused.status(), refused.message()),
        hidden
            ? refusals.token().toBeAllowed("pull_requests=write", refusals.input())
                + (what.equals("team-reviewers")
                    ? "; to see teams it needs `members=read` of the organization too"
                    : "")
            : "correct `pull-request-%s`; reviewers and assignees must have access to the repository"
                .formatted(what));
  }

  private Problem notSet(String what, List<String> wanted, String why, String fix) {
    return new Problem(
        "The %s of pull request #%d could not be set: %s"
            .formatted(
                what.replace('-', ' '), proposed.pullRequest().number(), String.join(", ", wanted)),
        why,
        fix);
  }
}
