package dev.slipway.delivery;

import java.time.Duration;
import java.util.List;

/// What is asked for beside a pull request's texts.
///
/// @param waitForMerge how long to wait until it is merged; zero: not at all
/// @param reviewers user names
/// @param teamReviewers slugs of teams of the GitOps repository's organization
/// @param assignees user names
public record PullRequestSettings(
    Duration waitForMerge,
    boolean draft,
    List<String> labels,
    List<String> reviewers,
    List<String> teamReviewers,
    List<String> assignees) {
  /// Nothing is asked for.
  public static final PullRequestSettings NONE =
      new PullRequestSettings(Duration.ZERO, false, List.of(), List.of(), List.of(), List.of());

  public PullRequestSettings {
    labels = List.copyOf(labels);
    reviewers = List.copyOf(reviewers);
    teamReviewers = List.copyOf(teamReviewers);
    assignees = List.copyOf(assignees);
  }

  /// Whether to wait until it is merged.
  boolean waits() {
    return waitForMerge.isPositive();
  }
}
