package dev.slipway.github;

import static dev.slipway.github.Thrown.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.delivery.GitOpsHistory;
import dev.slipway.delivery.GitOpsHistory.Change;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.delivery.Secret;
import dev.slipway.sandbox.FakeGitHub;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.sandbox.Fault;
import dev.slipway.values.FileContent;
import dev.slipway.version.CommitSha;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What touched the files of a GitOps repository, and how they were.
class GitOpsHistoryTest {
  private final FakeGitHub gitHub = FakeGitHub.start();
  private final FakeRepository repository =
      gitHub.repository("acme/gitops").file("a.yaml", "tag: v1\n");
  private final GitOpsHistory history =
      new GitHubApi(
              gitHub.grant("ghs_app", "acme/gitops", Grant.READ).apiUrl(),
              Optional.of(new Secret("ghs_app")),
              Patience.USUAL,
              new StoppedClock())
          .gitOpsHistory(RepositoryName.parse("acme/gitops"));

  @AfterEach
  void stop() {
    gitHub.close();
  }

  @Test
  void listsEachCommitOnceTheNewestFirst() {
    commit("Both, a", "a.yaml", "tag: v2\n");
    commit("Only b", "b.yaml", "tag: v1\n");
    commit("Neither", "c.yaml", "tag: v1\n");
    String last = commit("Only a\n\nSlipway-Source: acme/shop@1", "a.yaml", "tag: v3\n");

    List<Change> changes = history.changes(head(), Set.of("a.yaml", "b.yaml"));

    assertThat(changes)
        .extracting(Change::message)
        .containsExactly(
            "Only a\n\nSlipway-Source: acme/shop@1", "Only b", "Both, a", "Add a.yaml");
    assertThat(changes.getFirst().commit()).isEqualTo(new CommitSha(last));
    assertThat(gitHub.requests()).hasSize(1);
  }

  @Test
  void startsAtTheCommitThatIsAskedFor() {
    CommitSha before = head();
    commit("Later", "a.yaml", "tag: v2\n");

    assertThat(history.changes(before, Set.of("a.yaml")))
        .extracting(Change::message)
        .containsExactly("Add a.yaml");
  }

  @Test
  void looksAtFiftyCommitsOfAFile() {
    IntStream.range(0, 60).forEach(i -> commit("Number " + i, "a.yaml", "tag: n%d\n".formatted(i)));

    assertThat(history.changes(head(), Set.of("a.yaml")))
        .hasSize(50)
        .extracting(Change::message)
        .startsWith("Number 59")
        .endsWith("Number 10");
  }

  @Test
  void asksForTenFilesAtOnce() {
    Set<String> files =
        IntStream.range(0, 21)
            .mapToObj("apps/%02d.yaml"::formatted)
            .collect(Collectors.toUnmodifiableSet());
    files.stream().sorted().forEach(file -> commit("Touch " + file, file, "tag: v1\n"));

    List<Change> changes = history.changes(head(), files);

    assertThat(changes).hasSize(21);
    assertThat(changes.getFirst().message()).isEqualTo("Touch apps/20.yaml");
    assertThat(gitHub.requests()).hasSize(3);
  }

  @Test
  void aFilesOwnOrderGoesBeforeDates() {
    FileHistories histories = new FileHistories();
    ObjectNode commit = Transport.JSON.createObjectNode();
    ArrayNode first = commit.putObject("history0").putArray("nodes");
    node(first, "a", "2026-01-01T10:00:00Z");
    node(first, "b", "2026-01-01T15:00:00Z");
    ArrayNode second = commit.putObject("history1").putArray("nodes");
    node(second, "c", "2026-01-01T12:00:00Z");
    node(second, "b", "2026-01-01T15:00:00Z");

    histories.add(new PathFields(List.of("a.yaml", "b.yaml")), commit);

    assertThat(histories.merged()).extracting(Change::message).containsExactly("c", "a", "b");
  }

  @Test
  void readsFilesAsTheyWere() {
    CommitSha before = head();
    commit("Later", "a.yaml", "tag: v2\n");
    commit("New", "b.yaml", "tag: v1\n");

    assertThat(history.at(before, Set.of("a.yaml", "b.yaml")))
        .isEqualTo(Map.of("a.yaml", FileContent.of("tag: v1\n")));
  }

  @Test
  void saysThatTheTokenMayNotRead() {
    gitHub.fault(
        "query FileHistories",
        Fault.graphQlError("FORBIDDEN", "Resource not accessible by integration"));

    assertThat(problemOf(() -> history.changes(head(), Set.of("a.yaml"))).fix())
        .contains("`contents=read`");
  }

  private static void node(ArrayNode nodes, String message, String date) {
    nodes
        .addObject()
        .put("oid", message.repeat(40))
        .put("message", message)
        .put("committedDate", date);
  }

  private String commit(String message, String path, String content) {
    return repository.commit("main", message, path, content);
  }

  private CommitSha head() {
    return new CommitSha(repository.head("main"));
  }
}
