package dev.slipway.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.http.Request;
import dev.slipway.sandbox.FakeServer.Reply;
import dev.slipway.sandbox.FakeTokens.Viewer;
import dev.slipway.values.FileContent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The REST part of [FakeGitHub], with the statuses and words of GitHub's documentation.
final class FakeRest {
  static final JsonMapper JSON = new JsonMapper();

  private static final Pattern PATH =
      Pattern.compile("/repos/(?<name>[^/]+/[^/]+)(?:/(?<rest>[^?]*))?(?:\\?.*)?");
  private final FakeGitHub gitHub;

  FakeRest(FakeGitHub gitHub) {
    this.gitHub = gitHub;
  }

  Reply answer(Request request, Optional<String> token) {
    try {
      return route(request, gitHub.tokens().viewer(token));
    } catch (GitHubRefusal refusal) {
      ObjectNode body = JSON.createObjectNode();
      if (refusal.status() == 422) {
        validationFailed(body, refusal);
      } else {
        body.put("message", refusal.getMessage());
      }
      return new Reply(refusal.status(), refusal.headers(), FileContent.of(body.toString()));
    }
  }

  private static void validationFailed(ObjectNode body, GitHubRefusal refusal) {
    ObjectNode error = body.put("message", "Validation Failed").putArray("errors").addObject();
    if (refusal.type().equals("already_exists")) {
      error
          .put("resource", "Release")
          .put("code", refusal.type())
          .put("field", refusal.getMessage());
    } else {
      error.put("code", "custom").put("message", refusal.getMessage());
    }
  }

  private Reply route(Request request, Viewer viewer) {
    Matcher path = PATH.matcher(request.getUrl());
    if (!path.matches()) {
      throw GitHubRefusal.notFound("Not Found");
    }
    FakeRepository repository =
        gitHub
            .find(path.group("name"))
            .filter(viewer::sees)
            .orElseThrow(() -> GitHubRefusal.notFound("Not Found"));
    if (!repository.fullName().equals(path.group("name"))) {
      return new Reply(
          301, Map.of("Location", gitHub.apiUrl() + "/repositories/1"), FileContent.of(""));
    }
    String rest = Optional.ofNullable(path.group("rest")).orElse("");
    FakePulls pulls = new FakePulls(gitHub, repository, viewer);
    if (rest.startsWith("issues")) {
      return pulls.answerIssue(request, rest);
    }
    return rest.startsWith("pulls")
        ? pulls.answer(request, rest)
        : rest.startsWith("releases")
            ? new FakeReleases(gitHub, repository, viewer).answer(request, rest)
            : answer(request, repository, viewer, rest);
  }

  private Reply answer(Request request, FakeRepository repository, Viewer viewer, String rest) {
    String method = request.getMethod().getName();
    return switch (method
        + " "
        + rest.replaceFirst("(?<=tags|compare|blobs|refs|git/ref)/.*", "")) {
      case "GET tags" -> tags(repository, request);
      case "GET compare" -> new FakeCommits(gitHub, repository).compare(request, rest);
      case "GET commits" -> new FakeCommits(gitHub, repository).list(request);
      case "GET git/blobs" -> blob(repository, rest);
      case "GET git/ref", "GET git/refs" -> ref(repository, rest);
      case "GET git/tags" -> tagObject(repository, rest);
      case "POST git/blobs", "POST git/trees", "POST git/commits" ->
          new FakeObjects(repository, viewer).create(rest, body(request));
      case "POST git/refs" -> createRef(repository, viewer, body(request));
      case "POST deployments" -> new FakeDeployments(repository, viewer).create(body(request));
      case "DELETE git/refs" -> deleteRef(repository, viewer, rest);
      default -> throw GitHubRefusal.notFound("Not Found");
    };
  }

  private Reply tags(FakeRepository repository, Request request) {
    List<Map.Entry<String, String>> newestFirst =
        List.copyOf(repository.tags().entrySet()).reversed();
    ArrayNode tags = JSON.createArrayNode();
    Map<String, String> link =
        page(
            gitHub,
            request,
            newestFirst,
            tag ->
                tags.addObject()
                    .put("name", tag.getKey())
                    .putObject("commit")
                    .put("sha", tag.getValue()));
    return new Reply(200, link, FileContent.of(tags.toString()));
  }

  /// Hands on the part of `all` that the request asks for, and says where the next part is.
  static <T> Map<String, String> page(
      FakeGitHub gitHub, Request request, List<T> all, Consumer<T> taker) {
    int perPage = number(request, "per_page", 30);
    int page = number(request, "page", 1);
    all.stream().skip((page - 1L) * perPage).limit(perPage).forEach(taker);
    if ((long) page * perPage >= all.size()) {
      return Map.of();
    }
    String others = request.getUrl().replaceAll("(?<=[?&])page=\\d+&?", "");
    String and =
        others.contains("?") ? others.endsWith("&") || others.endsWith("?") ? "" : "&" : "?";
    return Map.of(
        "Link", "<%s%s%spage=%d>; rel=\"next\"".formatted(gitHub.apiUrl(), others, and, page + 1));
  }

  private static int number(Request request, String parameter, int otherwise) {
    return request.queryParameter(parameter).isPresent()
        ? Integer.parseInt(request.queryParameter(parameter).firstValue())
        : otherwise;
  }

  private static Reply blob(FakeRepository repository, String rest) {
    return new Reply(
        200,
        Map.of("Content-Type", "application/vnd.github.raw"),
        repository
            .objects()
            .content(rest.substring("git/blobs/".length()))
            .map(FileContent::of)
            .orElseThrow(() -> GitHubRefusal.notFound("Not Found")));
  }

  private Reply ref(FakeRepository repository, String rest) {
    String ref = "refs/" + rest.replaceFirst("^git/refs?/", "");
    return Optional.ofNullable(repository.refs().get(ref))
        .map(commit -> ok(ref(repository, ref, commit)))
        .orElseThrow(() -> GitHubRefusal.notFound("Not Found"));
  }

  private ObjectNode ref(FakeRepository repository, String ref, String commit) {
    ObjectNode json = JSON.createObjectNode();
    json.put("ref", ref)
        .put("url", "%s/repos/%s/git/%s".formatted(gitHub.apiUrl(), repository.fullName(), ref))
        .putObject("object")
        .put("type", repository.objects().isTag(commit) ? "tag" : "commit")
        .put("sha", commit);
    return json;
  }

  private static Reply tagObject(FakeRepository repository, String rest) {
    String tag = rest.substring("git/tags/".length());
    if (!repository.objects().isTag(tag)) {
      throw GitHubRefusal.notFound("Not Found");
    }
    ObjectNode json = JSON.createObjectNode().put("sha", tag);
    json.putObject("object").put("type", "commit").put("sha", repository.objects().peeled(tag));
    return ok(json);
  }

  private Reply createRef(FakeRepository repository, Viewer viewer, JsonNode body) {
    viewer.requireContents(repository);
    String ref = body.path("ref").asText();
    String commit = body.path("sha").asText();
    if (repository.refs().isEmpty()) {
      throw GitHubRefusal.of(409, "Git Repository is empty.");
    }
    requireUnguarded(repository, ref);
    if (repository.refs().containsKey(ref)) {
      throw GitHubRefusal.unprocessable("Reference already exists");
    }
    if (repository.objects().find(commit).isEmpty()) {
      throw GitHubRefusal.unprocessable("Object does not exist");
    }
    repository.move(ref, Optional.of(commit));
    return new Reply(201, Map.of(), FileContent.of(ref(repository, ref, commit).toString()));
  }

  static void requireUnguarded(FakeRepository repository, String ref) {
    repository
        .rules()
        .guardOf(ref.replaceFirst("^" + FakeRepository.HEADS, ""))
        .ifPresent(words -> {
          throw GitHubRefusal.unprocessable(words);
        });
  }

  private static Reply deleteRef(FakeRepository repository, Viewer viewer, String rest) {
    viewer.requireContents(repository);
    String ref = "refs/" + rest.substring("git/refs/".length());
    if (!repository.refs().containsKey(ref)) {
      throw GitHubRefusal.unprocessable("Reference does not exist");
    }
    repository.move(ref, Optional.empty());
    return new Reply(204, Map.of(), FileContent.of(""));
  }

  static JsonNode body(Request request) {
    try {
      return JSON.readTree(request.getBodyAsString());
    } catch (JsonProcessingException e) {
      throw GitHubRefusal.of(400, "Problems parsing JSON");
    }
  }

  static Reply ok(JsonNode body) {
    return new Reply(
        200, Map.of("Content-Type", "application/json"), FileContent.of(body.toString()));
  }

  /// GitHub writes merge methods in lower case here and in upper case in GraphQL.
  static String method(JsonNode body) {
    return body.path("merge_method").asText("merge").toUpperCase(Locale.ROOT);
  }
}
