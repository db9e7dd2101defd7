package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.version.CommitSha;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Adds a commit to the base branch, and never twice.
///
/// Looks first, because a look is cheap where a refused write is not: what creates content has a
/// [limit of its
/// own](https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits).
final class DirectCommit {
  private final GitHubApi api;
  private final Refusals refusals;
  private final SignedCommit wanted;
  private final PathFields paths;

  DirectCommit(GitHubApi api, Refusals refusals, SignedCommit wanted) {
    this.api = api;
    this.refusals = refusals;
    this.wanted = wanted;
    this.paths = new PathFields(wanted.changes().stream().map(FileChange::path).toList());
  }

  static String document(PathFields paths) {
    return """
    query DirectCommit($owner: String!, $name: String!, $ref: String!%s) {
      repository(owner: $owner, name: $name) {
        id
        nameWithOwner
        viewerPermission
        ref(qualifiedName: $ref) { target { oid ... on Commit { tree { oid } %s %s } } }
      }
    }
    """
        .formatted(paths.parameters(), BranchTip.FIELDS, paths.fields());
  }

  /// Empty when the branch has moved on, and nothing was written.
  Optional<CommitSha> make() {
    Attempts attempts = new Attempts(api.waiting());
    while (true) {
      Look seen = look();
      if (attempts.again() && seen.tip().filter(this::isOurs).isPresent()) {
        return seen.tip().map(BranchTip::commit);
      }
      if (seen.tip().filter(tip -> tip.commit().equals(wanted.parent())).isEmpty()) {
        return Optional.empty();
      }
      refusals.requireWriter(seen.repository(), seen.role());
      seen.files().forEach((path, entry) -> entry.requireFile(seen.repository(), path));
      try {
        return Optional.of(make(seen));
      } catch (Lost lost) {
        attempts.failed(lost);
      } catch (Refused refused) {
        if (!refused.is("STALE_DATA")) {
          throw refused;
        }
        if (!attempts.again()) {
          return Optional.empty();
        }
        // Who moved the branch may be an attempt of ours whose answer was lost.
        attempts.failed(refused);
      }
    }
  }

  private CommitSha make(Look seen) {
    if (!TreeCommit.isNeeded(seen.files())) {
      return wanted.make(api, seen.repository());
    }
    CommitSha commit =
        new TreeCommit(
                wanted.parent(), seen.tree(), wanted.message(), wanted.changes(), seen.files())
            .make(api, seen.repository());
    Map<String, String> update =
        Map.of(
            "name", "refs/heads/" + wanted.branch(),
            "beforeOid", wanted.parent().value(),
            "afterOid", commit.value());
    api.graphQl()
        .mutate(
            Scratch.MOVE,
            Map.of(
                "input",
                Map.of("repositoryId", seen.repositoryId(), "refUpdates", List.of(update))));
    return commit;
  }

  /// The branch as it stands, and what stands at our paths.
  private record Look(
      RepositoryName repository,
      String repositoryId,
      String tree,
      String role,
      Optional<BranchTip> tip,
      Map<String, TreeEntry> files) {}

  private Look look() {
    RepositoryName asked = refusals.repository();
    JsonNode repository =
        api.graphQl()
            .ask(
                asked,
                document(paths),
                paths.variables(Map.of("ref", "refs/heads/" + wanted.branch())));
    JsonNode target = repository.path("ref").path("target");
    return new Look(
        RepositoryName.parse(repository.path("nameWithOwner").asText()),
        repository.path("id").asText(),
        target.path("tree").path("oid").asText(),
        repository.path("viewerPermission").asText(""),
        target.isObject() ? Optional.of(BranchTip.of(target, paths)) : Optional.empty(),
        paths.entries(target));
  }

  private boolean isOurs(BranchTip tip) {
    return tip.isOurs() && tip.isOn(wanted.parent()) && tip.makesExactly(wanted.changes());
  }
}
