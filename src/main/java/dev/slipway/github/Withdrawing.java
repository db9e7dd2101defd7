package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.GitOpsRepository.Withdrawal;
import dev.slipway.github.Refusals.Deed;
import dev.slipway.problem.ActionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Closes a pull request of ours that nobody wants any more, and removes its branch.
///
/// The branch goes first, if it still is where we saw it: that cannot hit what another run has put
/// there meanwhile, and GitHub closes a pull request that has lost its branch, and its auto-merge
/// with it. Only out of a merge queue it is taken before.
final class Withdrawing {
  private static final int LONGEST_BODY = 65_536;

  private static final String FIELDS =
      OpenPullRequest.FIELDS
          + " state isInMergeQueue headRef { target { oid ... on Commit { %s } } }"
              .formatted(BranchTip.FIELDS);
  static final String LOOK =
      """
      query Withdrawing($owner: String!, $name: String!, $head: String!) {
        repository(owner: $owner, name: $name) {
          id
          pullRequests(headRefName: $head, states: OPEN, first: 20) { nodes { %s } }
        }
      }
      """
          .formatted(FIELDS);
  static final String LOOK_AGAIN =
      """
      query WithdrawingAgain($owner: String!, $name: String!, $number: Int!) {
        repository(owner: $owner, name: $name) {
          id
          pullRequest(number: $number) { %s }
        }
      }
      """
          .formatted(FIELDS);
  static final String DEQUEUE =
      """
      mutation Dequeue($input: DequeuePullRequestInput!) {
        dequeuePullRequest(input: $input) { clientMutationId }
      }
      """;
  static final String SAY_WHY =
      """
      mutation SayWhy($input: UpdatePullRequestInput!) {
        updatePullRequest(input: $input) { pullRequest { state } }
      }
      """;
  static final String CLOSE =
      """
      mutation ClosePullRequest($input: ClosePullRequestInput!) {
        closePullRequest(input: $input) { pullRequest { state } }
      }
      """;

  private final GitHubApi api;
  private final Refusals refusals;
  private final String headBranch;
  private final String why;

  Withdrawing(GitHubApi api, Refusals refusals, String headBranch, String why) {
    this.api = api;
    this.refusals = refusals;
    this.headBranch = headBranch;
    this.why = why;
  }

  /// How the pull request stands at this moment.
  ///
  /// @param tip of its branch; empty: the branch is gone
  private record Look(
      String repositoryId,
      OpenPullRequest pullRequest,
      String state,
      boolean queued,
      Optional<BranchTip> tip) {
    static Look of(JsonNode repository, JsonNode node) {
      JsonNode target = node.path("headRef").path("target");
      return new Look(
          repository.path("id").asText(),
          OpenPullRequest.of(node),
          node.path("state").asText(),
          node.path("isInMergeQueue").asBoolean(),
          target.isObject()
              ? Optional.of(BranchTip.of(target, new PathFields(List.of())))
              : Optional.empty());
    }
  }

  /// @throws ActionException when GitHub does not tell what is open
  Withdrawal settle() {
    Optional<Look> open = refusals.translating(Deed.READ, this::look);
    if (open.isEmpty()) {
      return new Withdrawal.NothingOpen();
    }
    try {
      return refusals.translating(Deed.PROPOSE, () -> settle(open.get()));
    } catch (ActionException e) {
      return new Withdrawal.StillOpen(
          open.get().pullRequest().pullRequest(), e.problems().getFirst());
    }
  }

  private Optional<Look> look() {
    JsonNode repository = ask(LOOK, "head", headBranch);
    JsonNode open = repository.path("pullRequests").path("nodes");
    if (!open.isArray()) {
      throw GitHubProblems.pullRequestsHidden(
          refusals.repository(),
          refusals.token().toBeAllowed("pull_requests=write", refusals.input()));
    }
    return open.valueStream()
        // A fork may have a branch of the same name.
        .filter(node -> !node.path("isCrossRepository").asBoolean())
        .findFirst()
        .map(node -> Look.of(repository, node));
  }

  private JsonNode ask(String document, String variable, Object value) {
    return api.graphQl().ask(refusals.repository(), document, Map.of(variable, value));
  }

  /// Whatever is done already does not stand in the way of doing the rest, so a lost answer needs
  /// only another look.
  private Withdrawal settle(Look first) {
    Attempts attempts = new Attempts(api.waiting());
    Look look = first;
    while (look.state().equals("OPEN")) {
      requireOurs(look);
      try {
        return withdraw(look);
      } catch (Lost lost) {
        attempts.failed(lost);
        look = again(look);
      } catch (Refused refused) {
        look = again(look);
        if (look.state().equals("OPEN") && !refused.is("STALE_DATA")) {
          throw refused;
        }
        attempts.failed(refused);
      }
    }
    return end(look, look.state());
  }

  private void requireOurs(Look look) {
    look.tip()
        .filter(tip -> !tip.isOurs())
        .ifPresent(tip -> {
          throw GitHubProblems.foreignCommit(
              refusals.repository(), headBranch, tip.commit().shortened(7), tip.headline());
        });
  }

  private Withdrawal withdraw(Look look) {
    String id = look.pullRequest().id();
    if (look.queued()) {
      api.graphQl().mutate(DEQUEUE, Map.of("input", Map.of("id", id)));
    }
    look.tip().ifPresent(tip -> removeBranch(look.repositoryId(), tip));
    String state =
        state(SAY_WHY, "updatePullRequest", Map.of("pullRequestId", id, "body", body(look)));
    // GitHub may take its time to notice that the branch is gone.
    return end(
        look,
        state.equals("OPEN")
            ? state(CLOSE, "closePullRequest", Map.of("pullRequestId", id))
            : state);
  }

  /// A branch that a rule keeps does no harm.
  ///
  /// @throws Refused when it has moved
  private void removeBranch(String repositoryId, BranchTip tip) {
    try {
      new UnneededBranch(api, refusals.repository(), headBranch, tip.commit()).remove(repositoryId);
    } catch (Refused refused) {
      if (refused.is("STALE_DATA")) {
        throw refused;
      }
    }
  }

  private String state(String document, String mutation, Map<String, String> input) {
    return api.graphQl()
        .mutate(document, Map.of("input", input))
        .path(mutation)
        .path("pullRequest")
        .path("state")
        .asText();
  }

  /// The reason stands where people look first.
  private String body(Look look) {
    String reason = "> " + why.strip().replaceAll("\\s+", " ") + "\n";
    String before = look.pullRequest().body();
    String body = before.startsWith(reason) ? before : reason + "\n" + before;
    return body.length() <= LONGEST_BODY ? body : body.substring(0, LONGEST_BODY);
  }

  private static Withdrawal end(Look look, String state) {
    return state.equals("MERGED")
        ? new Withdrawal.NothingOpen()
        : new Withdrawal.Closed(look.pullRequest().pullRequest());
  }

  private Look again(Look look) {
    JsonNode repository = ask(LOOK_AGAIN, "number", look.pullRequest().pullRequest().number());
    return Look.of(repository, repository.path("pullRequest"));
  }
}
