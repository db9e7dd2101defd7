package dev.slipway.delivery;

import dev.slipway.version.CommitSha;
import java.net.URI;
import java.util.Optional;

/// What the runner says about this run.
///
/// @param repository the application repository
/// @param commit the commit to deliver: the event's, for a pull request its head commit and not the
///   throw-away merge commit
/// @param branch the branch or tag name the event is about (a pull request's head branch)
/// @param eventTag the tag name when the event is about a tag
/// @param event `push`, `pull_request`, ...
/// @param foreign whether the code comes from outside the repository: a fork's pull request, or
///   `pull_request_target`
/// @param actor who started the run
/// @param runId decimal number
/// @param runNumber decimal number
/// @param apiUrl GitHub's REST API
/// @param runUrl the run's page
public record RunContext(
    RepositoryName repository,
    CommitSha commit,
    String branch,
    Optional<String> eventTag,
    String event,
    boolean foreign,
    String actor,
    String runId,
    String runNumber,
    URI apiUrl,
    URI runUrl) {

  /// The same run with another commit to deliver.
  RunContext delivering(CommitSha other) {
    return new RunContext(
        repository,
        other,
        branch,
        Optional.empty(),
        event,
        foreign,
        actor,
        runId,
        runNumber,
        apiUrl,
        runUrl);
  }

  /// The repository's page. The run's lies below it: https://host/owner/name/actions/runs/1.
  public URI repositoryUrl() {
    return runUrl.resolve("/" + repository);
  }

  /// Whether the run is on github.com, whose tokens ghcr.io takes. Those of an Enterprise Server,
  /// or of GitHub with data residency, are nobody's business there.
  public boolean isOnGitHubCom() {
    return "api.github.com".equalsIgnoreCase(apiUrl.getHost());
  }
}
