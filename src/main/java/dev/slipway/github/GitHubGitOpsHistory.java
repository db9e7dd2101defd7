package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.Expectation.Delivered;
import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.GitOpsHistory;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.github.Refusals.Deed;
import dev.slipway.problem.ActionException;
import dev.slipway.values.FileContent;
import dev.slipway.values.ValuesFile;
import dev.slipway.version.CommitSha;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What became of a delivered commit in a GitOps repository on GitHub.
final class GitHubGitOpsHistory implements GitOpsHistory {
  private final GitHubApi api;
  private final Refusals refusals;
  private final GitHubCommitHistory commits;
  private final FileReader files;

  GitHubGitOpsHistory(GitHubApi api, RepositoryName name) {
    this.api = api;
    this.refusals = Refusals.of(name, api.token(), "gitops-token");
    this.commits = new GitHubCommitHistory(api, name, "gitops-token");
    this.files = new FileReader(api, new HashMap<>());
  }

  static String document(PathFields paths) {
    return """
    query FilesAt($owner: String!, $name: String!, $oid: GitObjectID!%s) {
      repository(owner: $owner, name: $name) {
        nameWithOwner
        object(oid: $oid) { ... on Commit { oid %s } }
      }
    }
    """
        .formatted(paths.parameters(), paths.fields());
  }

  @Override
  public boolean contains(CommitSha ancestor, CommitSha commit) {
    return commits.contains(ancestor, commit);
  }

  @Override
  public boolean keeps(Delivered delivered, CommitSha commit) {
    List<FileChange> changes =
        delivered.changes().stream().filter(change -> !change.scalars().isEmpty()).toList();
    if (changes.isEmpty()) {
      return true;
    }
    Map<String, FileContent> contents =
        at(commit, changes.stream().map(FileChange::path).collect(Collectors.toSet()));
    return changes.stream().allMatch(change -> keeps(change, contents));
  }

  @Override
  public Map<String, FileContent> at(CommitSha commit, Set<String> paths) {
    return refusals.translating(
        Deed.READ, () -> filesAt(commit, new PathFields(paths.stream().sorted().toList())));
  }

  private Map<String, FileContent> filesAt(CommitSha commit, PathFields paths) {
    JsonNode repository = ask(document(paths), commit, paths);
    return files.contents(
        RepositoryName.parse(repository.path("nameWithOwner").asText()),
        paths.entries(repository.path("object")));
  }

  private JsonNode ask(String document, CommitSha commit, PathFields paths) {
    return api.graphQl()
        .ask(refusals.repository(), document, paths.variables(Map.of("oid", commit.value())));
  }

  @Override
  public List<Change> changes(CommitSha head, Set<String> paths) {
    return refusals.translating(
        Deed.READ,
        () -> {
          FileHistories histories = new FileHistories();
          List<String> files = paths.stream().sorted().toList();
          for (int from = 0; from < files.size(); from += FileHistories.MOST_FILES) {
            int to = Math.min(files.size(), from + FileHistories.MOST_FILES);
            PathFields some = new PathFields(files.subList(from, to));
            histories.add(some, ask(FileHistories.document(some), head, some).path("object"));
          }
          return histories.merged();
        });
  }

  private static boolean keeps(FileChange change, Map<String, FileContent> contents) {
    return Optional.ofNullable(contents.get(change.path()))
        .map(content -> keeps(change, content))
        .orElse(false);
  }

  private static boolean keeps(FileChange change, FileContent content) {
    try {
      ValuesFile file = ValuesFile.parse(change.path(), content);
      return change.scalars().stream()
          .allMatch(scalar -> file.get(scalar.key()).equals(scalar.to()));
    } catch (ActionException _) {
      // A later commit took the key away, or the form that we can read.
      return false;
    }
  }
}
