package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.GitOpsRepository.Proposal;
import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.problem.ActionException;
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
  static final String TIP =
      """
      query Tip($owner: String!, $name: String!, $ref: String!) {
        repository(owner: $owner, name: $name) { ref(qualifiedName: $ref) { target { oid } } }
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

  /// Empty when another run that makes the same commit has just taken it away from here.
  private Optional<CommitSha> signedCommit(HeadBranch seen) {
    boolean found = create(seen);
    return commit(seen, found);
  }

  /// A branch that is there was made by a lost request of ours, or for the same commit.
  ///
  /// @return whether it was there
  private boolean create(HeadBranch seen) {
    leftBehind = Optional.of(seen);
    Attempts attempts = new Attempts(api.waiting());
    while (true) {
      try {
        api.library()
            .call(() ->
                api.library()
                    .repository(seen.repository())
                    .createRef("refs/heads/" + branch, base.value()));
        return false;
      } catch (Lost lost) {
        attempts.failed(lost);
      } catch (Refused refused) {
        if (refused.says("already exists")) {
          return true;
        }
        if (!attempts.again()) {
          leftBehind = Optional.empty();
        }
        throw refused;
      }
    }
  }

  private Optional<CommitSha> commit(HeadBranch seen, boolean found) {
    SignedCommit wanted =
        new SignedCommit(branch, base, proposal.commitMessage(), proposal.changes());
    Attempts attempts = new Attempts(api.waiting());
    while (true) {
      try {
        return Optional.of(wanted.make(api, seen.repository()));
      } catch (Lost lost) {
        attempts.failed(lost);
      } catch (Refused refused) {
        if (found && refused.isNotFound()) {
          return Optional.empty();
        }
        // A new branch may be unknown for a moment; a moved one was moved by an attempt of ours
        // whose answer was lost, or by a run that was killed.
        if (!refused.isNotFound() && !refused.is("STALE_DATA")) {
          throw refused;
        }
        attempts.failed(refused);
      }
      Optional<CommitSha> tip = tip(seen, branch).filter(commit -> !commit.equals(base));
      if (tip.isPresent()) {
        return tip;
      }
    }
  }

  /// One atomic step: the pull request's branch moves, and this one goes. False when somebody else
  /// moved it meanwhile.
  private boolean moveHead(HeadBranch seen, CommitSha commit) {
    Optional<CommitSha> before = seen.tip().map(BranchTip::commit);
    Attempts attempts = new Attempts(api.waiting());
    boolean lost = false;
    while (true) {
      RuntimeException failure;
      try {
        api.graphQl().mutate(MOVE, Map.of("input", moveInput(seen, commit)));
        leftBehind = Optional.empty();
        return true;
      } catch (Lost | Refused e) {
        failure = e;
        lost |= e instanceof Lost;
      }
      Optional<CommitSha> now = tip(seen, proposal.headBranch());
      if (now.equals(Optional.of(commit))) {
        leftBehind = Optional.empty();
        // Without a lost answer it was another run, which makes the same commit.
        return lost;
      }
      if (!now.equals(before)) {
        return false;
      }
      if (failure instanceof Refused refused && !refused.is("STALE_DATA")) {
        throw failure;
      }
      attempts.failed(failure);
    }
  }

  private Map<String, Object> moveInput(HeadBranch seen, CommitSha commit) {
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
    if (leftBehind.isPresent()) {
      updates.add(
          Map.of("name", "refs/heads/" + branch, "beforeOid", commit.value(), "afterOid", NONE));
    }
    return Map.of("repositoryId", seen.repositoryId(), "refUpdates", updates);
  }

  private Optional<CommitSha> tip(HeadBranch seen, String name) {
    JsonNode target =
        api.graphQl()
            .ask(seen.repository(), TIP, Map.of("ref", "refs/heads/" + name))
            .path("ref")
            .path("target");
    return target.isObject() ? Optional.of(oid(target)) : Optional.empty();
  }

  private static CommitSha oid(JsonNode commit) {
    return new CommitSha(commit.path("oid").asText());
  }

  /// Removes what a failure left behind. What cannot be removed does no harm and is not worth
  /// hiding that failure.
  @Override
  public void close() {
    leftBehind.ifPresent(seen -> {
      try {
        api.library()
            .call(() -> {
              api.library().repository(seen.repository()).getRef("heads/" + branch).delete();
              return branch;
            });
      } catch (Refused | Lost | ActionException e) {
        // The failure before this one is the one to tell.
        leftBehind = Optional.empty();
      }
    });
  }
}
