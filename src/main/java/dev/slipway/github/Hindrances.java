package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.Provenance;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What keeps a pull request from being merged, at this moment.
///
/// @param review GitHub's
///   [PullRequestReviewDecision](https://docs.github.com/en/graphql/reference/enums#pullrequestreviewdecision),
///   empty where no review is required
/// @param running required checks that have not ended
/// @param failed required checks that ended badly
/// @param provenance of the tip of its branch, if Slipway made that
record Hindrances(
    MergeState state,
    String review,
    List<String> running,
    List<String> failed,
    Optional<Provenance> provenance) {
  static final String DOCUMENT =
      """
      query MergeWatch($owner: String!, $name: String!, $number: Int!) {
        repository(owner: $owner, name: $name) { %s }
      }
      """
          .formatted(
              MergeState.FIELDS.formatted(
                  """
                  reviewDecision
                  commits(last: 1) {
                    nodes {
                      commit {
                        message
                        statusCheckRollup {
                          contexts(first: 100) {
                            nodes {
                              ... on CheckRun {
                                name
                                conclusion
                                isRequired(pullRequestNumber: $number)
                              }
                              ... on StatusContext {
                                context
                                state
                                isRequired(pullRequestNumber: $number)
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                  """));

  // https://docs.github.com/en/graphql/reference/enums#checkconclusionstate, and of a status the
  // states of https://docs.github.com/en/graphql/reference/enums#statusstate
  private static final Set<String> GOOD = Set.of("SUCCESS", "NEUTRAL", "SKIPPED");
  private static final Set<String> OPEN = Set.of("", "PENDING", "EXPECTED", "STALE");

  static Hindrances of(JsonNode repository) {
    JsonNode pullRequest = repository.path("pullRequest");
    JsonNode tip = pullRequest.path("commits").path("nodes").path(0).path("commit");
    return new Hindrances(
        MergeState.of(repository),
        text(pullRequest.path("reviewDecision")),
        required(tip, OPEN::contains),
        required(tip, end -> !OPEN.contains(end) && !GOOD.contains(end)),
        Provenance.of(tip.path("message").asText()));
  }

  private static List<String> required(JsonNode tip, Predicate<String> end) {
    return tip.path("statusCheckRollup")
        .path("contexts")
        .path("nodes")
        .valueStream()
        .filter(check -> check.path("isRequired").asBoolean())
        .filter(check -> end.test(text(check.path("conclusion")) + text(check.path("state"))))
        .map(check -> text(check.path("name")) + text(check.path("context")))
        .distinct()
        .sorted()
        .toList();
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? node.asText() : "";
  }

  /// Half a sentence about what is missing, for the log and for a wait that ends in vain.
  String missing() {
    return Stream.of(aboutThePerson(), aboutTheChecks(), aboutTheState())
        .flatMap(Optional::stream)
        .findFirst()
        .orElse("GitHub has not merged it yet");
  }

  private Optional<String> aboutThePerson() {
    if (state.draft()) {
      return Optional.of("it is a draft");
    }
    return switch (review) {
      case "CHANGES_REQUESTED" -> Optional.of("a reviewer asked for changes");
      case "REVIEW_REQUIRED" -> Optional.of("an approving review is missing");
      default -> Optional.empty();
    };
  }

  private Optional<String> aboutTheChecks() {
    if (!failed.isEmpty()) {
      return Optional.of("required checks failed: " + String.join(", ", failed));
    }
    return running.isEmpty()
        ? Optional.empty()
        : Optional.of("required checks have not ended: " + String.join(", ", running));
  }

  private Optional<String> aboutTheState() {
    if (state.queued()) {
      return Optional.of("it is in the merge queue");
    }
    if (state.isUnknown()) {
      return Optional.of("GitHub works out whether it can be merged");
    }
    return state.isReady() && state.armed().isEmpty()
        ? Optional.of("nobody has merged it yet")
        : state.status().equals("BLOCKED")
            ? Optional.of("a rule of the base branch is not met")
            : Optional.empty();
  }
}
