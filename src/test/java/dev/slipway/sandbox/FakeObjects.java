package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.sandbox.FakeServer.Reply;
import dev.slipway.sandbox.FakeTokens.Viewer;
import dev.slipway.sandbox.GitObjects.Commit;
import dev.slipway.sandbox.GitObjects.Entry;
import dev.slipway.values.FileContent;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The REST part of [FakeGitHub] that makes objects of git.
record FakeObjects(FakeRepository repository, Viewer viewer) {
  Reply create(String rest, JsonNode body) {
    viewer.requireContents(repository);
    String id =
        switch (rest) {
          case "git/blobs" -> blob(body);
          case "git/trees" -> tree(body);
          default -> commit(body);
        };
    ObjectNode answer = FakeRest.JSON.createObjectNode().put("sha", id);
    if (rest.equals("git/trees")) {
      answer.putArray("tree");
    }
    return new Reply(201, Map.of(), FileContent.of(answer.toString()));
  }

  private String blob(JsonNode body) {
    return repository.objects().blob(Base64.getDecoder().decode(body.path("content").asText()));
  }

  private String tree(JsonNode body) {
    SortedMap<String, Entry> files =
        new TreeMap<>(repository.objects().files(body.path("base_tree").asText()));
    body.path("tree")
        .forEach(entry ->
            files.put(
                entry.path("path").asText(),
                new Entry(
                    Integer.parseInt(entry.path("mode").asText(), 8), entry.path("sha").asText())));
    return repository.objects().keepTree(files);
  }

  /// GitHub signs what an app makes.
  private String commit(JsonNode body) {
    Commit commit =
        repository
            .objects()
            .commit(
                repository.objects().files(body.path("tree").asText()),
                List.of(body.path("parents").path(0).asText()),
                body.path("message").asText(),
                viewer.isApp());
    return commit.id();
  }
}
