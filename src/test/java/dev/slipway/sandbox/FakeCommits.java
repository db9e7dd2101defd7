package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.http.Request;
import dev.slipway.sandbox.FakeServer.Reply;
import dev.slipway.sandbox.GitObjects.Commit;
import dev.slipway.values.FileContent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The [commits](https://docs.github.com/en/rest/commits/commits) of a repository, over REST.
final class FakeCommits {
  private static final Pattern COMPARE =
      Pattern.compile("compare/(?<base>[0-9a-f]{40})\\.\\.\\.(?<head>[0-9a-f]{40})");

  private final FakeGitHub gitHub;
  private final FakeRepository repository;

  FakeCommits(FakeGitHub gitHub, FakeRepository repository) {
    this.gitHub = gitHub;
    this.repository = repository;
  }

  /// Oldest first, and in pages only where pages are asked for.
  Reply compare(Request request, String rest) {
    Matcher compared = COMPARE.matcher(rest);
    GitObjects objects = repository.objects();
    if (!compared.matches()
        || objects.find(compared.group("base")).isEmpty()
        || objects.find(compared.group("head")).isEmpty()) {
      throw GitHubRefusal.notFound("Not Found");
    }
    String base = compared.group("base");
    String head = compared.group("head");
    String fork =
        objects
            .mergeBase(base, head)
            .orElseThrow(() ->
                GitHubRefusal.notFound(
                    "No common ancestor between %s and %s.".formatted(base, head)));
    Set<String> known = objects.history(base);
    List<Commit> commits =
        objects.history(head).stream()
            .filter(commit -> !known.contains(commit))
            .map(objects::get)
            .sorted(Comparator.comparing(Commit::date))
            .toList();
    ObjectNode answer =
        FakeRest.JSON
            .createObjectNode()
            .put("url", gitHub.apiUrl() + "/repos/" + repository.fullName() + "/" + rest)
            .put("status", status(base, head, fork))
            .put("total_commits", commits.size());
    answer.putObject("base_commit").put("sha", base);
    answer.putObject("merge_base_commit").put("sha", fork);
    ArrayNode page = answer.putArray("commits");
    Map<String, String> link =
        FakeRest.page(gitHub, request, commits, commit -> page.add(json(commit)));
    answer.putArray("files");
    return new Reply(200, link, FileContent.of(answer.toString()));
  }

  private static String status(String base, String head, String fork) {
    if (base.equals(head)) {
      return "identical";
    }
    return fork.equals(base) ? "ahead" : fork.equals(head) ? "behind" : "diverged";
  }

  /// Newest first.
  Reply list(Request request) {
    String head = request.queryParameter("sha").firstValue();
    Optional<Instant> since =
        request.queryParameter("since").isPresent()
            ? Optional.of(Instant.parse(request.queryParameter("since").firstValue()))
            : Optional.empty();
    List<Commit> commits = new ArrayList<>();
    repository.objects().history(head).stream()
        .map(repository.objects()::get)
        .filter(commit -> since.filter(commit.date()::isBefore).isEmpty())
        .filter(commit ->
            !request.queryParameter("path").isPresent()
                || touches(commit, request.queryParameter("path").firstValue()))
        .sorted(Comparator.comparing(Commit::date).reversed())
        .forEach(commits::add);
    ArrayNode page = FakeRest.JSON.createArrayNode();
    Map<String, String> link =
        FakeRest.page(gitHub, request, commits, commit -> page.add(json(commit)));
    return new Reply(200, link, FileContent.of(page.toString()));
  }

  private boolean touches(Commit commit, String path) {
    return GitObjects.difference(
            commit.parents().stream()
                .findFirst()
                .map(parent -> repository.objects().get(parent).files())
                .orElseGet(TreeMap::new),
            commit.files())
        .stream()
        .anyMatch(file -> file.equals(path) || file.startsWith(path + "/"));
  }

  private static ObjectNode json(Commit commit) {
    ObjectNode json = FakeRest.JSON.createObjectNode().put("sha", commit.id());
    ObjectNode inner = json.putObject("commit").put("message", commit.message());
    for (String person : List.of("author", "committer")) {
      inner
          .putObject(person)
          .put("name", "Sandbox")
          .put("email", "sandbox@example.com")
          .put("date", commit.date().toString());
    }
    return json;
  }
}
