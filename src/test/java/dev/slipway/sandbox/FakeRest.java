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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The REST part of [FakeGitHub], with the statuses and words of GitHub's documentation.
final class FakeRest {
  static final JsonMapper JSON = new JsonMapper();

  private static final Pattern PATH =
      Pattern.compile("/repos/(?<name>[^/]+/[^/]+)(?:/(?<rest>[^?]*))?(?:\\?.*)?");
  private static final Pattern COMPARE =
      Pattern.compile("compare/(?<base>[0-9a-f]{40})\\.\\.\\.(?<head>[0-9a-f]{40})");

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
        body.put("message", "Validation Failed")
            .putArray("errors")
            .addObject()
            .put("code", "custom")
            .put("message", refusal.getMessage());
      } else {
        body.put("message", refusal.getMessage());
      }
      return new Reply(refusal.status(), refusal.headers(), FileContent.of(body.toString()));
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
        : answer(request, repository, viewer, rest);
  }

  private Reply answer(Request request, FakeRepository repository, Viewer viewer, String rest) {
    String method = request.getMethod().getName();
    return switch (method + " " + rest.replaceFirst("(?<=tags|compare|blobs|refs)/.*", "")) {
      case "GET tags" -> tags(repository, request);
      case "GET compare" -> compare(repository, rest);
      case "GET git/blobs" -> blob(repository, rest);
      case "GET git/refs" -> ref(repository, rest);
      case "POST git/blobs", "POST git/trees", "POST git/commits" ->
          new FakeObjects(repository, viewer).create(rest, body(request));
      case "POST git/refs" -> createRef(repository, viewer, body(request));
      case "DELETE git/refs" -> deleteRef(repository, viewer, rest);
      default -> throw GitHubRefusal.notFound("Not Found");
    };
  }

  private Reply tags(FakeRepository repository, Request request) {
    int perPage = number(request, "per_page", 30);
    int page = number(request, "page", 1);
    List<String> refs =
        new ArrayList<>(
            repository.refs().keySet().stream()
                .filter(ref -> ref.startsWith(FakeRepository.TAGS))
                .toList());
    ArrayNode tags = JSON.createArrayNode();
    refs.reversed().stream()
        .skip((page - 1L) * perPage)
        .limit(perPage)
        .forEach(ref ->
            tags.addObject()
                .put("name", ref.substring(FakeRepository.TAGS.length()))
                .putObject("commit")
                .put("sha", repository.objects().peeled(repository.refs().get(ref))));
    Map<String, String> link =
        (long) page * perPage < refs.size()
            ? Map.of(
                "Link",
                "<%s/repos/%s/tags?per_page=%d&page=%d>; rel=\"next\""
                    .formatted(gitHub.apiUrl(), repository.fullName(), perPage, page + 1))
            : Map.of();
    return new Reply(200, link, FileContent.of(tags.toString()));
  }

  private static int number(Request request, String parameter, int otherwise) {
    return request.queryParameter(parameter).isPresent()
        ? Integer.parseInt(request.queryParameter(parameter).firstValue())
        : otherwise;
  }

  private static Reply compare(FakeRepository repository, String rest) {
    Matcher compared = COMPARE.matcher(rest);
    if (!compared.matches()
        || repository.objects().find(compared.group("base")).isEmpty()
        || repository.objects().find(compared.group("head")).isEmpty()) {
      throw GitHubRefusal.notFound("Not Found");
    }
    String base = compared.group("base");
    String head = compared.group("head");
    String fork =
        repository
            .objects()
            .mergeBase(base, head)
            .orElseThrow(() ->
                GitHubRefusal.notFound(
                    "No common ancestor between %s and %s.".formatted(base, head)));
    ObjectNode answer = JSON.createObjectNode().put("status", status(base, head, fork));
    answer.putObject("base_commit").put("sha", base);
    answer.putObject("merge_base_commit").put("sha", fork);
    ArrayNode commits = answer.putArray("commits");
    if (!base.equals(head)) {
      // The one of the first page.
      commits.addObject().put("sha", head);
    }
    answer.putArray("files");
    return ok(answer);
  }

  private static String status(String base, String head, String fork) {
    if (base.equals(head)) {
      return "identical";
    }
    return fork.equals(base) ? "ahead" : fork.equals(head) ? "behind" : "diverged";
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
    String ref = "refs/" + rest.substring("git/refs/".length());
    return Optional.ofNullable(repository.refs().get(ref))
        .map(commit -> ok(ref(repository, ref, commit)))
        .orElseThrow(() -> GitHubRefusal.notFound("Not Found"));
  }

  private ObjectNode ref(FakeRepository repository, String ref, String commit) {
    ObjectNode json = JSON.createObjectNode();
    json.put("ref", ref)
        .put("url", "%s/repos/%s/git/%s".formatted(gitHub.apiUrl(), repository.fullName(), ref))
        .putObject("object")
        .put("type", "commit")
        .put("sha", commit);
    return json;
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
