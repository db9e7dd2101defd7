package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.values.FileContent;
import dev.slipway.version.CommitSha;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the tip of a branch and files as of that tip: one query for their names in git, then the
/// bytes of each by that name.
final class BaseBranch {
  private static final int LARGEST_FILE = 10 * 1024 * 1024;

  private final GitHubApi api;
  private final RepositoryName asked;
  private final Refusals refusals;
  private final Map<BlobId, FileContent> known;

  /// @param known blobs that were read before; their names say what they hold, so they stay true
  BaseBranch(GitHubApi api, Refusals refusals, Map<BlobId, FileContent> known) {
    this.api = api;
    this.asked = refusals.repository();
    this.refusals = refusals;
    this.known = known;
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
      }
    }
    fragment tip on Ref { target { oid ... on Commit {%s } } }
    """
        .formatted(paths.parameters(), paths.fields());
  }

  Snapshot read(Optional<String> branch, Set<String> files) {
    PathFields paths = new PathFields(List.copyOf(files));
    JsonNode repository =
        api.graphQl()
            .query(
                document(paths),
                paths.variables(
                    Map.of(
                        "owner", asked.owner(),
                        "name", asked.name(),
                        "ref", "refs/heads/" + branch.orElse(""),
                        "named", branch.isPresent())))
            .path("repository");
    // A repository that was renamed answers to its old name here, but not everywhere.
    RepositoryName name = RepositoryName.parse(repository.path("nameWithOwner").asText());
    JsonNode ref = ref(name, repository, branch);
    JsonNode tip = ref.path("target");
    return new Snapshot(
        ref.path("name").asText(),
        new CommitSha(tip.path("oid").asText()),
        contents(name, paths.entries(tip)),
        obstacles(name, repository.path("viewerPermission").asText("")));
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

  private Map<String, FileContent> contents(RepositoryName name, Map<String, TreeEntry> entries) {
    Map<String, FileContent> contents = new LinkedHashMap<>();
    entries.forEach((path, entry) -> contents.put(path, content(name, path, entry)));
    return contents;
  }

  private FileContent content(RepositoryName name, String path, TreeEntry entry) {
    entry.requireFile(name, path);
    if (entry.size() > LARGEST_FILE) {
      throw GitHubProblems.tooLarge(name, path, entry.size(), LARGEST_FILE);
    }
    return known.computeIfAbsent(entry.blob(), blob -> read(name, path, blob));
  }

  private FileContent read(RepositoryName name, String path, BlobId id) {
    byte[] bytes =
        api.library()
            .call(() -> {
              try (InputStream blob = api.library().repository(name).readBlob(id.value())) {
                return blob.readAllBytes();
              }
            });
    FileContent content = FileContent.of(bytes);
    if (!BlobId.of(content).equals(id)) {
      throw GitHubProblems.damaged(name, path);
    }
    return content;
  }
}
