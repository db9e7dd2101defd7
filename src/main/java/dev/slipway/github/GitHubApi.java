package dev.slipway.github;

import dev.slipway.delivery.ApplicationRepository;
import dev.slipway.delivery.CommitHistory;
import dev.slipway.delivery.GitOpsHistory;
import dev.slipway.delivery.GitOpsRepository;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.delivery.Secret;
import dev.slipway.version.TagHistory;
import java.net.URI;
import java.util.Optional;

/// GitHub as one token sees it: the entrance to this package.
public final class GitHubApi implements AutoCloseable {
  private final Transport transport;
  private final Library library;
  private final GraphQl graphQl;

  GitHubApi(URI address, Optional<Secret> token, Patience patience, Waiting waiting) {
    this.transport = new Transport(ApiAddress.of(address), token, patience, waiting);
    this.library = new Library(transport);
    this.graphQl = new GraphQl(transport);
  }

  /// Says where GitHub is, and asks it nothing yet.
  ///
  /// @param address of the REST API: `https://api.github.com`, or `https://HOST/api/v3` of an
  ///   Enterprise Server; GraphQL is expected beside it
  /// @param token goes to this address only; empty: what everybody may see
  /// @param pace of the run
  /// @throws dev.slipway.problem.ActionException when the address is neither https nor loopback
  public static GitHubApi at(URI address, Optional<Secret> token, Pace pace) {
    return new GitHubApi(address, token, Patience.at(pace), Waiting.at(pace));
  }

  /// The repository that the run belongs to.
  public ApplicationRepository applicationRepository(RepositoryName repository) {
    return new ApplicationRepository(
        tagHistory(repository),
        new GitHubCommitLog(this, repository),
        new GitHubReleases(this, repository),
        new GitHubDeployments(this, repository));
  }

  /// The tags of the application repository.
  public TagHistory tagHistory(RepositoryName repository) {
    return new GitHubTagHistory(this, repository);
  }

  /// The repository to change.
  public GitOpsRepository gitOpsRepository(RepositoryName repository) {
    return new GitHubGitOpsRepository(this, repository);
  }

  /// The commits of the application repository.
  public CommitHistory commitHistory(RepositoryName repository) {
    return new GitHubCommitHistory(this, repository, "github-token");
  }

  /// What becomes of a delivery in the repository to change.
  public GitOpsHistory gitOpsHistory(RepositoryName repository) {
    return new GitHubGitOpsHistory(this, repository);
  }

  /// Closes the connections.
  @Override
  public void close() {
    transport.close();
  }

  Library library() {
    return library;
  }

  GraphQl graphQl() {
    return graphQl;
  }

  Waiting waiting() {
    return transport.waiting();
  }

  Optional<Secret> token() {
    return transport.token();
  }
}
