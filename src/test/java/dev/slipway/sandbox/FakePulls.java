package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.http.Request;
import dev.slipway.sandbox.FakeServer.Reply;
import dev.slipway.sandbox.FakeTokens.Viewer;
import dev.slipway.values.FileContent;
import java.util.Map;
import java.util.Optional;

/// The REST part of [FakeGitHub] that is about pull requests.
final class FakePulls {
  private final FakeGitHub gitHub;
  private final FakeRepository repository;
  private final Viewer viewer;

  FakePulls(FakeGitHub gitHub, FakeRepository repository, Viewer viewer) {
    this.gitHub = gitHub;
    this.repository = repository;
    this.viewer = viewer;
  }

  Reply answer(Request request, String rest) {
    return switch (request.getMethod().getName()) {
      case "POST" ->
          rest.endsWith("/requested_reviewers")
              ? review(find(rest.replace("/requested_reviewers", "")), FakeRest.body(request))
              : create(FakeRest.body(request));
      case "GET" -> FakeRest.ok(json(find(rest)));
      case "PUT" -> merge(rest, FakeRest.body(request));
      default -> throw GitHubRefusal.notFound("Not Found");
    };
  }

  private Reply create(JsonNode body) {
    viewer.requirePullRequests(repository);
    if (viewer.isApp() && !repository.rules().actionsMayPropose()) {
      throw GitHubRefusal.forbidden(
          "GitHub Actions is not permitted to create or approve pull requests.");
    }
    String head = body.path("head").asText();
    String base = body.path("base").asText();
    if (!repository.branches().contains(head)) {
      throw GitHubRefusal.unprocessable("head invalid");
    }
    if (repository.objects().history(repository.head(base)).contains(repository.head(head))) {
      throw GitHubRefusal.unprocessable("No commits between %s and %s".formatted(base, head));
    }
    boolean exists =
        repository.pullRequests().stream()
            .anyMatch(open ->
                open.isOpen() && open.headBranch().equals(head) && open.baseBranch().equals(base));
    if (exists) {
      throw GitHubRefusal.unprocessable("A pull request already exists for acme:" + head + ".");
    }
    FakePullRequest made =
        repository.open(head, base, body.path("title").asText(), body.path("body").asText());
    if (body.path("draft").asBoolean()) {
      made.draft();
    }
    return new Reply(201, Map.of(), FileContent.of(json(made).toString()));
  }

  private Reply review(FakePullRequest pullRequest, JsonNode body) {
    viewer.requirePullRequests(repository);
    body.path("reviewers").forEach(name -> pullRequest.accompany("reviewer " + name.asText()));
    body.path("team_reviewers").forEach(name -> pullRequest.accompany("team " + name.asText()));
    return new Reply(201, Map.of(), FileContent.of(json(pullRequest).toString()));
  }

  /// What is said to a pull request as to an issue.
  Reply answerIssue(Request request, String rest) {
    viewer.requirePullRequests(repository);
    String[] parts = rest.split("/", 3);
    FakePullRequest pullRequest = find("pulls/" + parts[1]);
    JsonNode body = FakeRest.body(request);
    body.path("labels").forEach(name -> pullRequest.accompany("label " + name.asText()));
    body.path("assignees").forEach(name -> pullRequest.accompany("assignee " + name.asText()));
    return parts[2].equals("labels")
        ? FakeRest.ok(FakeRest.JSON.createArrayNode())
        : new Reply(201, Map.of(), FileContent.of(issue(pullRequest).toString()));
  }

  private Reply merge(String rest, JsonNode body) {
    viewer.requireContents(repository);
    String merged =
        repository
            .merges()
            .mergeNow(
                find(rest.replace("/merge", "")),
                FakeRest.method(body),
                text(body, "sha"),
                text(body, "commit_message"));
    return FakeRest.ok(
        FakeRest.JSON
            .createObjectNode()
            .put("sha", merged)
            .put("merged", true)
            .put("message", "Pull Request successfully merged"));
  }

  private static Optional<String> text(JsonNode body, String name) {
    return Optional.ofNullable(body.path(name).asText(null));
  }

  private FakePullRequest find(String rest) {
    int number = Integer.parseInt(rest.substring("pulls/".length()));
    return repository.pullRequests().stream()
        .filter(pullRequest -> pullRequest.number() == number)
        .findFirst()
        .orElseThrow(() -> GitHubRefusal.notFound("Not Found"));
  }

  /// What a pull request has in common with issues.
  private ObjectNode issue(FakePullRequest pullRequest) {
    return FakeRest.JSON
        .createObjectNode()
        .put("number", pullRequest.number())
        .put("state", pullRequest.isOpen() ? "open" : "closed")
        .put("title", pullRequest.title())
        .put("body", pullRequest.body())
        .put("html_url", url(gitHub, repository, pullRequest));
  }

  private ObjectNode json(FakePullRequest pullRequest) {
    ObjectNode json = issue(pullRequest);
    json.put("merge_commit_sha", pullRequest.mergeCommit().orElse(null))
        .putObject("head")
        .put("ref", pullRequest.headBranch())
        .put("sha", pullRequest.head());
    return json;
  }

  static String url(FakeGitHub gitHub, FakeRepository repository, FakePullRequest pullRequest) {
    return "%s/%s/pull/%d".formatted(gitHub.apiUrl(), repository.fullName(), pullRequest.number());
  }
}
