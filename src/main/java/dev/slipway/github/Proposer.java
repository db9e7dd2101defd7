package dev.slipway.github;

import dev.slipway.delivery.GitOpsRepository.BaseMoved;
import dev.slipway.delivery.GitOpsRepository.Operation;
import dev.slipway.delivery.GitOpsRepository.Overtaken;
import dev.slipway.delivery.GitOpsRepository.Proposal;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.delivery.GitOpsRepository.Proposing;
import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.delivery.Provenance;
import dev.slipway.delivery.PullRequest;
import dev.slipway.github.Refusals.Deed;
import dev.slipway.problem.ActionException;
import dev.slipway.version.CommitSha;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.kohsuke.github.GHPullRequest;

/// Brings a pull request to what a proposal says, whatever it said before and whoever else is at
/// it. Looks first, writes only what is missing, and never closes what is open.
final class Proposer {
  private static final int ROUNDS = 6;
  private static final int LONGEST_PAUSE_SECONDS = 8;

  // GitHub's limits for a pull request, in characters.
  private static final int LONGEST_TITLE = 256;
  private static final int LONGEST_BODY = 65_536;

  private static final String EXISTS = "already exists";

  /// What GitHub says of a branch that it has only just heard of.
  private static final String NOT_SEEN_YET = "head invalid";

  static final String RETELL =
      """
      mutation RetellPullRequest($input: UpdatePullRequestInput!) {
        updatePullRequest(input: $input) { pullRequest { number } }
      }
      """;

  private final GitHubApi api;
  private final Refusals refusals;
  private final Snapshot base;
  private final Proposal proposal;

  Proposer(GitHubApi api, Refusals refusals, Snapshot base, Proposal proposal) {
    this.api = api;
    this.refusals = refusals;
    this.base = base;
    this.proposal = proposal;
  }

  /// @param newer whether what stands on the branch must not be replaced
  Proposing propose(Predicate<Provenance> newer) {
    try (Scratch scratch = new Scratch(api, base, proposal)) {
      for (int round = 1; round <= ROUNDS; round++) {
        HeadBranch head = refusals.translating(Deed.READ, this::settledLook);
        if (!head.baseTip().equals(Optional.of(base.head()))) {
          return new BaseMoved();
        }
        Optional<Provenance> overtaking = head.openProvenance().filter(newer);
        if (overtaking.isPresent()) {
          return new Overtaken(overtaking.get());
        }
        if (head.says(proposal.changes(), base.head())) {
          return pullRequest(head, head.tip().orElseThrow().commit(), false);
        }
        head.requireReplaceable(proposal.headBranch(), refusals);
        Optional<CommitSha> commit = refusals.translating(Deed.WRITE, () -> scratch.replace(head));
        if (commit.isPresent()) {
          return opened(head, commit.get());
        }
        api.waiting().pause(Backoff.jittered(api.waiting(), round));
      }
    }
    throw GitHubProblems.contested(refusals.repository(), proposal.headBranch());
  }

  /// A branch of ours without a pull request is of no use to anybody.
  private Proposed opened(HeadBranch head, CommitSha commit) {
    try {
      return pullRequest(head, commit, true);
    } catch (ActionException e) {
      if (head.tip().isEmpty()
          && new UnneededBranch(api, head.repository(), proposal.headBranch(), commit).remove()) {
        throw GitHubProblems.branchRemoved(proposal.headBranch(), e);
      }
      throw e;
    }
  }

  /// Gives GitHub time to work out whether a commit on an older base still merges, because making
  /// it anew would start every check again.
  private HeadBranch settledLook() {
    HeadBranch head = look();
    for (int pause = 1;
        pause <= LONGEST_PAUSE_SECONDS && head.isUndecided(proposal.changes(), base.head());
        pause *= 2) {
      api.waiting().pause(Duration.ofSeconds(pause));
      head = look();
    }
    return head;
  }

  private HeadBranch look() {
    return HeadBranch.look(api, refusals.repository(), base, proposal);
  }

  private Proposed pullRequest(HeadBranch head, CommitSha tip, boolean moved) {
    return refusals.translating(
        Deed.PROPOSE,
        () ->
            head.pullRequest()
                .map(open -> adopt(open, tip, moved))
                .orElseGet(() -> create(head, tip, moved)));
  }

  private Proposed adopt(OpenPullRequest open, CommitSha tip, boolean moved) {
    if (moved && !(open.title().equals(title()) && open.body().equals(body()))) {
      retell(open);
    }
    return new Proposed(open.pullRequest(), moved ? Operation.UPDATED : Operation.NONE, tip);
  }

  /// Saying the same twice does no harm, so a lost answer needs no look.
  private void retell(OpenPullRequest open) {
    Attempts attempts = new Attempts(api.waiting());
    while (true) {
      try {
        api.graphQl()
            .mutate(
                RETELL,
                Map.of(
                    "input", Map.of("pullRequestId", open.id(), "title", title(), "body", body())));
        return;
      } catch (Lost lost) {
        attempts.failed(lost);
      }
    }
  }

  private Proposed create(HeadBranch head, CommitSha tip, boolean moved) {
    Attempts attempts = new Attempts(api.waiting());
    while (true) {
      try {
        return new Proposed(create(head), Operation.CREATED, tip);
      } catch (Lost lost) {
        attempts.failed(lost);
        Optional<OpenPullRequest> open = look().pullRequest();
        if (open.isPresent()) {
          return new Proposed(open.get().pullRequest(), Operation.CREATED, tip);
        }
      } catch (Refused refused) {
        Optional<OpenPullRequest> open =
            refused.says(EXISTS) ? look().pullRequest() : Optional.empty();
        if (open.isPresent()) {
          return adopt(open.get(), tip, moved);
        }
        if (!refused.says(EXISTS) && !refused.says(NOT_SEEN_YET)) {
          throw refused;
        }
        attempts.failed(refused);
      }
    }
  }

  private PullRequest create(HeadBranch head) {
    GHPullRequest made =
        api.library()
            .call(() ->
                api.library()
                    .repository(head.repository())
                    .createPullRequest(
                        title(),
                        proposal.headBranch(),
                        base.branch(),
                        body(),
                        true,
                        proposal.draft()));
    return new PullRequest(made.getNumber(), URI.create(made.getHtmlUrl().toString()));
  }

  private String title() {
    return shortened(proposal.title(), LONGEST_TITLE);
  }

  private String body() {
    return shortened(proposal.body(), LONGEST_BODY);
  }

  private static String shortened(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
  }
}
