package dev.slipway.github;

import dev.slipway.delivery.PullRequest;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.problem.ActionException;
import java.time.Duration;
import java.util.List;

/// The texts of why a pull request that was waited for is not merged.
final class MergeProblems {
  private MergeProblems() {}

  static ActionException closed(RepositoryName repository, PullRequest pullRequest) {
    return new ActionException(
        "%s was closed without being merged".formatted(name(repository, pullRequest)),
        "somebody, or a rule of the repository, closed %s while the step waited for it"
            .formatted(pullRequest.url()),
        "Ask on the pull request why; run the step again for a new one");
  }

  static ActionException checksFailed(
      RepositoryName repository, PullRequest pullRequest, List<String> checks) {
    return new ActionException(
        "%s cannot be merged: required checks failed".formatted(name(repository, pullRequest)),
        "these ended badly: %s; see %s".formatted(String.join(", ", checks), pullRequest.url()),
        "Repair what they check, or run them again on the pull request; then run the step again, which waits for the same pull request");
  }

  static ActionException timedOut(
      RepositoryName repository, PullRequest pullRequest, Duration limit, Hindrances look) {
    return new ActionException(
        "%s was not merged within %d min"
            .formatted(name(repository, pullRequest), limit.toMinutes()),
        "%s; see %s".formatted(look.missing(), pullRequest.url()),
        "Do what is missing and run the step again, which waits for the same pull request; or raise `wait-for-merge`, or set it to 0 to leave the merge to later");
  }

  private static String name(RepositoryName repository, PullRequest pullRequest) {
    return "Pull request #%d of %s".formatted(pullRequest.number(), repository);
  }
}
