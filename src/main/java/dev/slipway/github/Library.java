package dev.slipway.github;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.delivery.PullRequestSettings;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.problem.ActionException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.kohsuke.github.GHEventPayload;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;

/// GitHub API for Java on our own [Transport].
///
/// The transport signs in, retries and waits; the library asks no question of its own.
final class Library {
  private final Transport transport;
  private Optional<GitHub> gitHub = Optional.empty();

  Library(Transport transport) {
    this.transport = transport;
  }

  /// Made for the first call: most of the library is loaded then.
  private synchronized GitHub gitHub() {
    GitHub known = gitHub.orElseGet(this::build);
    gitHub = Optional.of(known);
    return known;
  }

  private GitHub build() {
    try {
      return new GitHubBuilder()
          .withEndpoint(transport.address().rest().toString())
          .withConnector(new LibraryConnector(transport))
          // Never asked: what they would handle does not pass the transport.
          .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
          .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException("building asks nobody", e);
    }
  }

  /// A repository, without asking for it: the library reads it as it reads the event of a webhook.
  GHRepository repository(RepositoryName name) {
    return event(name, GHEventPayload.Ping.class).getRepository();
  }

  /// A pull request, without asking for it.
  GHPullRequest pullRequest(RepositoryName name, int number) {
    return pullRequest(name, number, PullRequestSettings.NONE);
  }

  /// A pull request that has the people of `settings`, without asking for it: the library takes
  /// people as objects only.
  GHPullRequest pullRequest(RepositoryName name, int number, PullRequestSettings settings) {
    ObjectNode pullRequest = Transport.JSON.createObjectNode().put("number", number);
    put(pullRequest, "assignees", "login", settings.assignees());
    put(pullRequest, "requested_reviewers", "login", settings.reviewers());
    put(pullRequest, "requested_teams", "slug", settings.teamReviewers());
    return event(name, GHEventPayload.PullRequest.class, pullRequest).getPullRequest();
  }

  private static void put(ObjectNode node, String list, String field, List<String> values) {
    ArrayNode array = node.putArray(list);
    values.forEach(value -> array.addObject().put(field, value));
  }

  private <T extends GHEventPayload> T event(RepositoryName name, Class<T> type) {
    return event(name, type, Transport.JSON.createObjectNode().put("number", 0));
  }

  private <T extends GHEventPayload> T event(
      RepositoryName name, Class<T> type, ObjectNode pullRequest) {
    ObjectNode event = Transport.JSON.createObjectNode();
    event.set("pull_request", pullRequest);
    event
        .putObject("repository")
        .put("name", name.name())
        .put("full_name", name.toString())
        .putObject("owner")
        .put("login", name.owner());
    return call(() -> gitHub().parseEventPayload(new StringReader(event.toString()), type));
  }

  /// Calls the library.
  ///
  /// @throws dev.slipway.problem.ActionException when it cannot read GitHub's answer; faults and
  ///   refusals come as [Refused] and [Lost] from the transport
  <T> T call(Request<T> request) {
    try {
      return request.send();
    } catch (Refused | Lost | ActionException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The library throws either when an answer is not what it expects.
      throw GitHubProblems.unreadable(e);
    }
  }

  /// A call of the library.
  interface Request<T> {
    T send() throws IOException;
  }
}
