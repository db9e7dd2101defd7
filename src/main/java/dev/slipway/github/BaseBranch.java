package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.delivery.Provenance;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.version.CommitSha;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the tip of a branch and files as of that tip: one query for their names in git, then the
/// bytes of each by that name.
final class BaseBranch {
  private final GitHubApi api;
  private final RepositoryName asked;
  private final Refusals refusals;
  private final FileReader files;

  BaseBranch(GitHubApi api, Refusals refusals, FileReader files) {
    this.api = api;
    this.asked = refusals.repository();
    this.refusals = refusals;
    this.files = files;
  }

  static String document(PathFields paths) {
    return """
    query BaseBranch($owner: String!, $name: String!, $ref: String!, $named: Boolean!%s) {
      repository(owner: $owner, name: $name) {
        nameWithOwner
        isArchived
        viewerPermission
        defaultBranchRef { name ...tip @skip(if: $named) }
        ref(qualifiedName: $ref) @include(if: $named) { name ...tip }
        pullRequests(states: OPEN, first: 30, orderBy: {field: UPDATED_AT, direction: DESC}) {
          nodes {
            baseRefName
            isCrossRepository
            commits(last: 1) { nodes { commit { message } } }
          }
        }
      }
    }
    fragment tip on Ref { target { oid ... on Commit {%s%s } } }
    """
        .formatted(paths.parameters(), paths.fields(), paths.histories());
  }

  Snapshot read(Optional<String> branch, Set<String> wanted) {
    PathFields paths = new PathFields(List.copyOf(wanted));
    JsonNode repository =
        api.graphQl()
            .ask(
                asked,
                document(paths),
                paths.variables(
                    Map.of("ref", "refs/heads/" + branch.orElse(""), "named", branch.isPresent())));
    // A repository that was renamed answers to its old name here, but not everywhere.
    RepositoryName name = RepositoryName.parse(repository.path("nameWithOwner").asText());
    JsonNode ref = ref(name, repository, branch);
    JsonNode tip = ref.path("target");
    return new Snapshot(
        ref.path("name").asText(),
        new CommitSha(tip.path("oid").asText()),
        files.contents(name, paths.entries(tip)),
        obstacles(name, repository.path("viewerPermission").asText("")),
        deliveries(paths, tip),
        proposals(ref.path("name").asText(), repository));
  }

  private static JsonNode ref(RepositoryName name, JsonNode repository, Optional<String> branch) {
    if (repository.path("isArchived").asBoolean()) {
      throw GitHubProblems.archived(name);
    }
    JsonNode byDefault = repository.path("defaultBranchRef");
    if (byDefault.isNull()) {
      throw GitHubProblems.empty(name);
    }
    JsonNode ref = branch.isPresent() ? repository.path("ref") : byDefault;
    if (!ref.isObject()) {
      throw GitHubProblems.noSuchBranch(name, branch.orElse(""), byDefault.path("name").asText());
    }
    return ref;
  }

  private List<Problem> obstacles(RepositoryName name, String role) {
    try {
      refusals.requireWriter(name, role);
      return List.of();
    } catch (ActionException e) {
      return e.problems();
    }
  }

  /// What Slipway delivered to each file lately.
  private static Map<String, List<Provenance>> deliveries(PathFields paths, JsonNode tip) {
    Map<String, List<Provenance>> deliveries = new LinkedHashMap<>();
    paths
        .messages(tip)
        .forEach((path, messages) ->
            deliveries.put(
                path,
                messages.stream().flatMap(message -> Provenance.of(message).stream()).toList()));
    return deliveries;
  }

  /// What Slipway proposes in open pull requests to the branch.
  private static List<Provenance> proposals(String branch, JsonNode repository) {
    return repository
        .path("pullRequests")
        .path("nodes")
        .valueStream()
        .filter(open -> open.path("baseRefName").asText().equals(branch))
        .filter(open -> !open.path("isCrossRepository").asBoolean())
        .map(open -> open.path("commits").path("nodes").path(0).path("commit").path("message"))
        .flatMap(message -> Provenance.of(message.asText()).stream())
        .toList();
  }
}
