package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.problem.ActionException;
import dev.slipway.version.CommitSha;
import java.util.List;
import java.util.Map;

/// A head branch that has done its work.
///
/// @param tip where it must be to be removed: whoever moved it since still needs it
record UnneededBranch(GitHubApi api, RepositoryName repository, String name, CommitSha tip) {
  static final String LOOK =
      """
      query UnneededBranch($owner: String!, $name: String!, $ref: String!) {
        repository(owner: $owner, name: $name) {
          id
          ref(qualifiedName: $ref) { target { oid } }
        }
      }
      """;

  /// Removes it, unless GitHub or somebody else was faster. A failure is no reason to stop.
  ///
  /// @return whether it is known to be gone
  boolean remove() {
    try {
      JsonNode found = look();
      JsonNode target = found.path("ref").path("target");
      if (!target.isObject()) {
        return true;
      }
      if (!target.path("oid").asText().equals(tip.value())) {
        return false;
      }
      remove(found.path("id").asText());
      return true;
    } catch (Refused | Lost | ActionException e) {
      return false;
    }
  }

  /// Removes it in one step.
  ///
  /// @param repositoryId GraphQL's
  /// @throws Refused when it is not at its tip any more, or must stay
  /// @throws Lost when it may or may not be gone
  void remove(String repositoryId) {
    api.graphQl().mutate(Scratch.MOVE, Map.of("input", input(repositoryId)));
  }

  private JsonNode look() {
    return api.graphQl().ask(repository, LOOK, Map.of("ref", "refs/heads/" + name));
  }

  private Map<String, Object> input(String repositoryId) {
    return Map.of(
        "repositoryId",
        repositoryId,
        "refUpdates",
        List.of(
            Map.of(
                "name", "refs/heads/" + name, "beforeOid", tip.value(), "afterOid", Scratch.NONE)));
  }
}
