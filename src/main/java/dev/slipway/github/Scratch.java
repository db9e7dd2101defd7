package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.GitOpsRepository.Proposal;
import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.version.CommitSha;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A short-lived branch on which the one signed commit of a proposal is made.
///
/// GitHub signs only what it appends to a branch itself. Were the pull request's branch set back to
/// the base for that, GitHub would close the pull request; so the commit is made here, and then one
/// atomic step moves the pull request's branch to it and removes this one.
final class Scratch implements AutoCloseable {
  /// What the names of all such branches begin with.
  static final String PREFIX = "slipway-scratch/";

  /// In place of a commit: no branch.
  static final String NONE = "0".repeat(40);

  static final String MOVE =
      """
      mutation MoveBranch($input: UpdateRefsInput!) {
        updateRefs(input: $input) { clientMutationId }
      }
      """;
  static final String TIPS =
      """
      query ScratchTips($owner: String!, $name: String!, $scratch: String!, $head: String!) {
        repository(owner: $owner, name: $name) {
          scratch: ref(qualifiedName: $scratch) { target { oid } }
          head: ref(qualifiedName: $head) { target { oid } }
        }
      }
      """;

  private final GitHubApi api;
  private final CommitSha base;
  private final Proposal proposal;
  private final String branch;
  private Optional<HeadBranch> leftBehind = Optional.empty();
  private Optional<CommitSha> made = Optional.empty();

  Scratch(GitHubApi api, Snapshot base, Proposal proposal) {
    this.api = api;
    this.base = base.head();
    this.proposal = proposal;
    this.branch = PREFIX + ScratchName.of(base, proposal);
  }

  /// Makes the proposal's commit, once, and moves the pull request's branch to it from where it was
  /// `seen`.
  ///
  /// @return empty when somebody else moved that branch meanwhile
  Optional<CommitSha> replace(HeadBranch seen) {
    if (made.isEmpty()) {
      made =
          TreeCommit.isNeeded(seen.onBase()) ? Optional.of(treeCommit(seen)) : signedCommit(seen);
    }
    return made.filter(commit -> moveHead(seen, commit));
  }

  private CommitSha treeCommit(HeadBranch seen) {
    return new TreeCommit(
            base, seen.baseTree(), proposal.commitMessage(), proposal.changes(), seen.onBase())
        .make(api, seen.repository());
  }

  /// Empty when the pull request's branch has moved meanwhile: runs that make the same commit share
  /// this branch, and the first of them to finish takes it away.
  private Optional<CommitSha> signedCommit(HeadBranch seen) {
    SignedCommit wanted =
        new SignedCommit(branch, base, proposal.commitMessage(), proposal.changes());
    Attempts attempts = new Attempts(api.waiting());
    create(seen);
    while (true) {
      try {
        return Optional.of(wanted.make(api, seen.repository()));
      } catch (Lost lost) {
        attempts.failed(lost);
      } catch (Refused refused) {
        // A new branch may be unknown for a moment; a moved one was moved by an attempt of ours
        // whose answer was lost, or by another run.
        if (!refused.isNotFound() && !refused.is("STALE_DATA")) {
          throw refused;
        }
        attempts.failed(refused);
      }
      Tips now = tips(seen);
      if (now.scratch().filter(tip -> !tip.equals(base)).isPresent()) {
        return now.scratch();
      }
      if (now.hasHeadMoved(seen)) {
        return Optional.empty();
      }
      if (now.scratch().isEmpty()) {
        create(seen);
      }
    }
  }

  /// A branch that is there was made by a lost request of ours, or for the same commit.
  private void create(HeadBranch seen) {
    leftBehind = Optional.of(seen);
    Attempts attempts = new Attempts(api.waiting());
    while (true) {
      try {
        api.library()
            .call(() ->
                api.library()
                    .repository(seen.repository())
                    .createRef("refs/heads/" + branch, base.value()));
        return;
      } catch (Lost lost) {
        attempts.failed(lost);
      } catch (Refused refused) {
        if (refused.says("already exists")) {
          return;
        }
        if (!attempts.again()) {
          leftBehind = Optional.empty();
        }
        throw refused;
      }
    }
  }

  /// One atomic step: the pull request's branch moves, and this one goes. False when somebody else
  /// moved it meanwhile.
  private boolean moveHead(HeadBranch seen, CommitSha commit) {
    Attempts attempts = new Attempts(api.waiting());
    boolean lost = false;
    boolean scratch = leftBehind.isPresent();
    while (true) {
      RuntimeException failure;
      try {
        api.graphQl().mutate(MOVE, Map.of("input", moveInput(seen, commit, scratch)));
        if (scratch) {
          leftBehind = Optional.empty();
        }
        return true;
      } catch (Lost | Refused e) {
        failure = e;
        lost |= e instanceof Lost;
      }
      Tips now = tips(seen);
      if (now.head().equals(Optional.of(commit))) {
        leftBehind = leftBehind.filter(_ -> now.scratch().isPresent());
        // Without a lost answer it was another run, which makes the same commit.
        return lost;
      }
      if (now.hasHeadMoved(seen)) {
        return false;
      }
      // Another run of the same proposal may have taken this branch away, but not its commit.
      boolean taken = scratch && !now.scratch().equals(Optional.of(commit));
      if (failure instanceof Refused refused && !refused.is("STALE_DATA") && !taken) {
        throw failure;
      }
      scratch &= !taken;
      attempts.failed(failure);
    }
  }

  private Map<String, Object> moveInput(HeadBranch seen, CommitSha commit, boolean scratch) {
    List<Map<String, Object>> updates = new ArrayList<>();
    updates.add(
        Map.of(
            "name",
            "refs/heads/" + proposal.headBranch(),
            "beforeOid",
            seen.tip().map(BranchTip::commit).map(CommitSha::value).orElse(NONE),
            "afterOid",
            commit.value(),
            "force",
            true));
    if (scratch) {
      updates.add(
          Map.of("name", "refs/heads/" + branch, "beforeOid", commit.value(), "afterOid", NONE));
    }
    return Map.of("repositoryId", seen.repositoryId(), "refUpdates", updates);
  }

  private Tips tips(HeadBranch seen) {
    return Tips.of(
        api.graphQl()
            .ask(
                seen.repository(),
                TIPS,
                Map.of(
                    "scratch", "refs/heads/" + branch,
                    "head", "refs/heads/" + proposal.headBranch())));
  }

  /// Removes what was left behind, unless it has moved: then another run goes on from there. What
  /// cannot be removed does no harm and is not worth hiding the failure before it.
  @Override
  public void close() {
    leftBehind.ifPresent(
        seen -> new UnneededBranch(api, seen.repository(), branch, made.orElse(base)).remove());
  }

  /// Where both branches are now; empty when there is no such branch.
  private record Tips(Optional<CommitSha> scratch, Optional<CommitSha> head) {
    static Tips of(JsonNode repository) {
      return new Tips(tip(repository.path("scratch")), tip(repository.path("head")));
    }

    private static Optional<CommitSha> tip(JsonNode ref) {
      JsonNode target = ref.path("target");
      return target.isObject()
          ? Optional.of(new CommitSha(target.path("oid").asText()))
          : Optional.empty();
    }

    boolean hasHeadMoved(HeadBranch seen) {
      return !head.equals(seen.tip().map(BranchTip::commit));
    }
  }
}
