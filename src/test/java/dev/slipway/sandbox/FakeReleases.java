package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.http.Request;
import dev.slipway.sandbox.FakeServer.Reply;
import dev.slipway.sandbox.FakeTokens.Viewer;
import dev.slipway.values.FileContent;
import java.util.List;
import java.util.Map;

/// The [releases](https://docs.github.com/en/rest/releases/releases) of a repository, over REST.
final class FakeReleases {
  private static final int LONGEST_BODY = 125_000;

  private final FakeGitHub gitHub;
  private final FakeRepository repository;
  private final Viewer viewer;

  FakeReleases(FakeGitHub gitHub, FakeRepository repository, Viewer viewer) {
    this.gitHub = gitHub;
    this.repository = repository;
    this.viewer = viewer;
  }

  Reply answer(Request request, String rest) {
    String method = request.getMethod().getName();
    if (method.equals("GET") && rest.startsWith("releases/tags/")) {
      return byTag(rest.substring("releases/tags/".length()));
    }
    return switch (method) {
      case "GET" -> list(request);
      case "POST" -> create(FakeRest.body(request));
      case "PATCH" -> update(rest, FakeRest.body(request));
      default -> throw GitHubRefusal.notFound("Not Found");
    };
  }

  /// Drafts have no tag, and so no address of this kind.
  private Reply byTag(String tag) {
    return repository.releases().stream()
        .filter(release -> !release.draft() && release.tag().equals(tag))
        .findFirst()
        .map(release -> FakeRest.ok(json(release)))
        .orElseThrow(() -> GitHubRefusal.notFound("Not Found"));
  }

  private Reply list(Request request) {
    List<FakeRelease> seen =
        repository.releases().reversed().stream()
            .filter(release -> !release.draft() || viewer.mayWriteContents(repository))
            .toList();
    ArrayNode page = FakeRest.JSON.createArrayNode();
    Map<String, String> link = FakeRest.page(gitHub, request, seen, one -> page.add(json(one)));
    return new Reply(200, link, FileContent.of(page.toString()));
  }

  private Reply create(JsonNode body) {
    viewer.requireContents(repository);
    String tag = body.path("tag_name").asText();
    boolean draft = body.path("draft").asBoolean();
    if (repository.releases().stream().anyMatch(one -> !one.draft() && one.tag().equals(tag))) {
      throw GitHubRefusal.field("tag_name", "already_exists");
    }
    checkBody(body);
    if (!draft && !repository.refs().containsKey(FakeRepository.TAGS + tag)) {
      // As documented: what `target_commitish` names, or else the default branch's tip.
      repository.tagAt(
          tag, body.path("target_commitish").asText(repository.head(repository.defaultBranch())));
    }
    FakeRelease release =
        new FakeRelease(
            repository.releases().size() + 1,
            tag,
            body.path("name").asText(),
            body.path("body").asText(),
            draft,
            body.path("prerelease").asBoolean());
    repository.put(release, body.path("make_latest").asText("true"));
    return new Reply(201, Map.of(), FileContent.of(json(release).toString()));
  }

  private Reply update(String rest, JsonNode body) {
    viewer.requireContents(repository);
    checkBody(body);
    int id = Integer.parseInt(rest.substring("releases/".length()));
    FakeRelease old =
        repository.releases().stream()
            .filter(release -> release.id() == id)
            .findFirst()
            .orElseThrow(() -> GitHubRefusal.notFound("Not Found"));
    FakeRelease release =
        new FakeRelease(
            id,
            body.path("tag_name").asText(old.tag()),
            body.path("name").asText(old.name()),
            body.path("body").asText(old.body()),
            body.path("draft").asBoolean(old.draft()),
            body.path("prerelease").asBoolean(old.preRelease()));
    repository.put(release, body.path("make_latest").asText("true"));
    return FakeRest.ok(json(release));
  }

  private static void checkBody(JsonNode body) {
    if (body.path("body").asText().length() > LONGEST_BODY) {
      throw GitHubRefusal.unprocessable("body is too long (maximum is 125000 characters)");
    }
  }

  private ObjectNode json(FakeRelease release) {
    ObjectNode json = FakeRest.JSON.createObjectNode();
    String home = "https://github.example/" + repository.fullName();
    json.put("id", release.id())
        .put(
            "url",
            "%s/repos/%s/releases/%d"
                .formatted(gitHub.apiUrl(), repository.fullName(), release.id()))
        .put("html_url", home + "/releases/tag/" + release.tag())
        .put("tag_name", release.tag())
        .put("name", release.name())
        .put("body", release.body())
        .put("draft", release.draft())
        .put("prerelease", release.preRelease());
    return json;
  }
}
