package dev.slipway.github;

import static dev.slipway.github.GitOpsWorld.FILE;
import static dev.slipway.github.Thrown.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.delivery.Secret;
import dev.slipway.delivery.Ticker;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.Fault;
import dev.slipway.sandbox.RecordedRequest;
import dev.slipway.values.FileContent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How the base branch and its files are read.
class ReadTest {
  private final GitOpsWorld world = new GitOpsWorld();

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void readsFilesAsOfTheTipOfTheDefaultBranch() {
    world.repository.file("two.yaml", "a: 1\r\n");

    Snapshot snapshot =
        world.adapter.read(Optional.empty(), Set.of(FILE, "two.yaml", "absent.yaml"));

    assertThat(snapshot.branch()).isEqualTo("main");
    assertThat(snapshot.head()).hasToString(world.repository.head("main"));
    assertThat(snapshot.files())
        .containsOnlyKeys(FILE, "two.yaml")
        .containsEntry(FILE, FileContent.of("tag: v1\n"))
        .containsEntry("two.yaml", FileContent.of("a: 1\r\n"));
  }

  @Test
  void readsAnotherBranch() {
    world.repository.commit("staging", "Stage", FILE, "tag: v0\n");

    Snapshot snapshot = world.adapter.read(Optional.of("staging"), Set.of(FILE));

    assertThat(snapshot.branch()).isEqualTo("staging");
    assertThat(snapshot.head()).hasToString(world.repository.head("staging"));
    assertThat(snapshot.files()).containsEntry(FILE, FileContent.of("tag: v0\n"));
  }

  @Test
  void keepsEveryByte() {
    byte[] bytes = new byte[100_000];
    new Random(1).nextBytes(bytes);
    world.repository.file("noise", bytes, 0100644);

    Snapshot snapshot = world.adapter.read(Optional.empty(), Set.of("noise"));

    assertThat(snapshot.files()).containsEntry("noise", FileContent.of(bytes));
  }

  @Test
  void spendsOneQueryAndOneRequestForEachFile() {
    world.repository.file("two.yaml", "a: 1\n");

    world.adapter.read(Optional.empty(), Set.of(FILE, "two.yaml", "absent.yaml"));

    assertThat(world.gitHub.requests()).hasSize(3);
    assertThat(world.gitHub.writes()).isEmpty();
    assertThat(world.gitHub.requests())
        .extracting(RecordedRequest::token)
        .containsOnly(Optional.of(GitOpsWorld.TOKEN));
  }

  @Test
  void readsExecutablesBecauseOnlyWritingLosesTheirMode() {
    world.repository.file("run.sh", "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8), 0100755);

    assertThat(world.adapter.read(Optional.empty(), Set.of("run.sh")).files())
        .containsKey("run.sh");
  }

  @Test
  void followsARename() {
    world.gitHub.renamed("acme/old", GitOpsWorld.NAME);
    world.gitHub.grant(GitOpsWorld.TOKEN, "acme/old", Grant.WRITE);

    Snapshot snapshot =
        new GitHubApi(
                world.gitHub.apiUrl(),
                Optional.of(new Secret(GitOpsWorld.TOKEN)),
                Patience.USUAL,
                world.clock)
            .gitOpsRepository(RepositoryName.parse("acme/old"))
            .read(Optional.empty(), Set.of(FILE));

    assertThat(snapshot.files()).containsKey(FILE);
  }

  @ParameterizedTest
  @CsvSource({"0120000, a symbolic link", "0160000, a submodule"})
  void refusesWhatIsNoFile(String mode, String kind) {
    world.repository.file("odd", "target".getBytes(StandardCharsets.UTF_8), Integer.decode(mode));

    Problem problem = problemOf(() -> world.adapter.read(Optional.empty(), Set.of("odd")));

    assertThat(problem.what()).isEqualTo("`odd` in acme/gitops cannot be changed");
    assertThat(problem.why()).isEqualTo("it is " + kind);
  }

  @Test
  void refusesADirectory() {
    Problem problem = problemOf(() -> world.adapter.read(Optional.empty(), Set.of("apps/shop")));

    assertThat(problem.why()).isEqualTo("it is a directory");
  }

  @Test
  void saysWhichBranchIsMissing() {
    Problem problem = problemOf(() -> world.adapter.read(Optional.of("prod"), Set.of(FILE)));

    assertThat(problem)
        .isEqualTo(
            new Problem(
                "acme/gitops has no branch `prod`",
                "GitHub does not know it; the default branch is `main`",
                "Correct `gitops-branch`, or leave it out for the default branch"));
  }

  @Test
  void saysThatTheRepositoryIsEmpty() {
    world.gitHub.repository("acme/empty");
    world.gitHub.grant(GitOpsWorld.TOKEN, "acme/empty", Grant.WRITE);

    Problem problem =
        problemOf(() ->
            GitHubApi.at(
                    world.gitHub.apiUrl(),
                    Optional.of(new Secret(GitOpsWorld.TOKEN)),
                    Pace.of(Ticker.system()))
                .gitOpsRepository(RepositoryName.parse("acme/empty"))
                .read(Optional.empty(), Set.of(FILE)));

    assertThat(problem.what()).isEqualTo("acme/empty is empty");
  }

  @Test
  void saysThatTheRepositoryIsArchived() {
    world.repository.rules().archive();

    Problem problem = problemOf(world::read);

    assertThat(problem.what()).isEqualTo("acme/gitops is archived");
  }

  @Test
  void refusesAFileThatIsTooLarge() {
    world.repository.file("large", new byte[10 * 1024 * 1024 + 1], 0100644);

    Problem problem = problemOf(() -> world.adapter.read(Optional.empty(), Set.of("large")));

    assertThat(problem.what()).isEqualTo("`large` in acme/gitops is too large");
    assertThat(world.gitHub.requests()).hasSize(1);
  }

  @Test
  void noticesContentThatArrivesDamaged() {
    world.gitHub.fault("/git/blobs/", Fault.status(200, "tag: v9"));

    Problem problem = problemOf(world::read);

    assertThat(problem.what()).isEqualTo("`%s` in acme/gitops arrived damaged".formatted(FILE));
  }
}
