package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.GitOpsRepository.Proposal;
import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.delivery.Provenance;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.version.CommitSha;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the branch of a pull request, and the pull request itself, stand at this moment.
///
/// @param repository under its present name
/// @param repositoryId GraphQL's id
/// @param role of the viewer, e.g. `WRITE`; empty when GitHub does not tell
/// @param tip empty when there is no such branch
/// @param pullRequest the open one
/// @param baseTip where the base branch is; empty when it is gone
/// @param baseTree the base commit's tree
/// @param onBase what the base commit has at the paths of the proposal
record HeadBranch(
    RepositoryName repository,
    String repositoryId,
    String role,
    Optional<BranchTip> tip,
    Optional<OpenPullRequest> pullRequest,
    Optional<CommitSha> baseTip,
    String baseTree,
    Map<String, TreeEntry> onBase) {

  static String document(PathFields paths) {
    return """
    query HeadBranch($owner: String!, $name: String!, $head: String!, $ref: String!,
        $base: String!, $baseRef: String!, $baseOid: GitObjectID!%s) {
      repository(owner: $owner, name: $name) {
        id
        nameWithOwner
        viewerPermission
        ref(qualifiedName: $ref) { target { oid ... on Commit { %s %s } } }
        pullRequests(headRefName: $head, baseRefName: $base, states: OPEN, first: 20) {
          nodes { %s }
        }
        baseTip: ref(qualifiedName: $baseRef) { target { oid } }
        object(oid: $baseOid) { ... on Commit { oid tree { oid } %s } }
      }
    }
    """
        .formatted(
            paths.parameters(),
            BranchTip.FIELDS,
            paths.fields(),
            OpenPullRequest.FIELDS,
            paths.fields());
  }

  /// Looks at GitHub.
  static HeadBranch look(GitHubApi api, RepositoryName asked, Snapshot base, Proposal proposal) {
    PathFields paths = new PathFields(proposal.changes().stream().map(FileChange::path).toList());
    JsonNode repository =
        api.graphQl()
            .ask(
                asked,
                document(paths),
                paths.variables(
                    Map.of(
                        "head", proposal.headBranch(),
                        "ref", "refs/heads/" + proposal.headBranch(),
                        "base", base.branch(),
                        "baseRef", "refs/heads/" + base.branch(),
                        "baseOid", base.head().value())));
    return of(repository, paths);
  }

  private static HeadBranch of(JsonNode repository, PathFields paths) {
    JsonNode target = repository.path("ref").path("target");
    return new HeadBranch(
        RepositoryName.parse(repository.path("nameWithOwner").asText()),
        repository.path("id").asText(),
        repository.path("viewerPermission").asText(""),
        target.isObject() ? Optional.of(BranchTip.of(target, paths)) : Optional.empty(),
        repository
            .path("pullRequests")
            .path("nodes")
            .valueStream()
            // A fork may have a branch of the same name.
            .filter(node -> !node.path("isCrossRepository").asBoolean())
            .map(OpenPullRequest::of)
            .findFirst(),
        commit(repository.path("baseTip").path("target")),
        repository.path("object").path("tree").path("oid").asText(),
        paths.entries(repository.path("object")));
  }

  private static Optional<CommitSha> commit(JsonNode target) {
    return target.isObject()
        ? Optional.of(new CommitSha(target.path("oid").asText()))
        : Optional.empty();
  }

  /// Whether the branch already is one commit that makes exactly `changes`, on `base` or on an
  /// older commit from which it still merges without a word.
  boolean says(List<FileChange> changes, CommitSha base) {
    return tip.filter(commit -> commit.makesExactly(changes))
        .filter(commit ->
            commit.isOn(base) || pullRequest.filter(OpenPullRequest::isUpToDate).isPresent())
        .isPresent();
  }

  /// Whether it says that on an older base, and GitHub does not know yet whether that still merges.
  boolean isUndecided(List<FileChange> changes, CommitSha base) {
    return tip.filter(commit -> commit.makesExactly(changes) && !commit.isOn(base)).isPresent()
        && pullRequest.filter(OpenPullRequest::isUndecided).isPresent();
  }

  /// Where an open pull request's commit comes from, if Slipway made it.
  Optional<Provenance> openProvenance() {
    return tip.filter(_ -> pullRequest.isPresent())
        .flatMap(commit -> Provenance.of(commit.message()));
  }

  /// Checks that our commit may replace what is there.
  ///
  /// @throws dev.slipway.problem.ActionException otherwise
  void requireReplaceable(String branch, Refusals refusals) {
    onBase.forEach((path, entry) -> entry.requireFile(repository, path));
    refusals.requireWriter(repository, role);
    tip.filter(commit -> !commit.isOurs())
        .ifPresent(commit -> {
          throw GitHubProblems.foreignCommit(
              repository, branch, commit.commit().shortened(7), commit.headline());
        });
  }
}
