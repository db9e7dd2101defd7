package dev.slipway.github;

import static dev.slipway.github.Thrown.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.Releases.Operation;
import dev.slipway.delivery.Releases.Page;
import dev.slipway.delivery.Releases.Publication;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeRelease;
import dev.slipway.sandbox.Fault;
import dev.slipway.version.Changelog;
import dev.slipway.version.Commit;
import dev.slipway.version.CommitSha;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Commits and release pages on GitHub.
class ReleasesTest extends ApplicationStory {
  private static final String IMAGE = "ghcr.io/acme/shop:v1.2.4@sha256:" + "a".repeat(64);

  @Test
  void readsSixHundredCommitsOldestFirst() {
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      messages.add("fix: number " + i);
      commit(messages.getLast(), "file.txt");
    }

    List<Commit> commits = home.log().since(Optional.of(second), head());

    assertThat(commits).extracting(Commit::message).isEqualTo(messages);
    assertThat(commits.getLast().sha()).isEqualTo(head());
  }

  @Test
  void leavesOutWhatTheReleaseBeforeHas() {
    CommitSha side = new CommitSha(repository.commit("side", "feat: aside", "side.txt", "1"));
    commit("fix: main", "three.txt");

    assertThat(home.log().since(Optional.of(head()), side))
        .extracting(Commit::message)
        .containsExactly("feat: aside");
  }

  @Test
  void readsTheNewestCommitsForAFirstRelease() {
    assertThat(home.log().since(Optional.empty(), second))
        .extracting(Commit::sha)
        .containsExactly(first, second);
  }

  @Test
  void knowsWhichCommitsTouchAPath() {
    CommitSha api = new CommitSha(commit("fix: api", "services/api/main.go"));
    commit("fix: web", "services/web/main.ts");
    commit("fix: not the folder", "services/api-docs");

    assertThat(home.log().touching("services/api", Optional.of(second), head()))
        .containsExactly(api);
    assertThat(home.log().touching("services/api", Optional.of(head()), head())).isEmpty();
  }

  @Test
  void publishesOnePageAndLeavesItAlone() {
    repository.tag("v1.2.4");

    Page page = home.releases().publish(publication(true));
    Page again = home.releases().publish(publication(true));

    assertThat(page.operation()).isEqualTo(Operation.CREATED);
    assertThat(page.url())
        .isEqualTo(URI.create("https://github.example/acme/shop/releases/tag/v1.2.4"));
    assertThat(again).isEqualTo(new Page(page.url(), Operation.NONE));
    assertThat(repository.releases())
        .singleElement()
        .satisfies(release -> assertThat(release.name()).isEqualTo("Release v1.2.4"))
        .satisfies(release -> assertThat(release.body()).contains("**Image**: `" + IMAGE + "`"));
    assertThat(repository.latestRelease()).contains("v1.2.4");
  }

  @Test
  void aBackportDoesNotBecomeTheLatest() {
    repository.tag("v2.0.0").release("v2.0.0", "Two", false).tag("v1.2.4");

    home.releases().publish(publication(false));

    assertThat(repository.releases()).hasSize(2);
    assertThat(repository.latestRelease()).contains("v2.0.0");
  }

  @Test
  void completingABackportDoesNotMakeItTheLatest() {
    repository.tag("v1.2.4").release("v1.2.4", "Old line.", false);
    repository.tag("v2.0.0").release("v2.0.0", "Two", false);

    Page page = home.releases().publish(publication(false));

    assertThat(page.operation()).isEqualTo(Operation.COMPLETED);
    assertThat(repository.latestRelease()).contains("v2.0.0");
  }

  @Test
  void addsTheImageToAPageThatAPersonWrote() {
    repository.tag("v1.2.4").release("v1.2.4", "Thank you @ann.", false);

    Page page = home.releases().publish(publication(true));

    assertThat(page.operation()).isEqualTo(Operation.COMPLETED);
    assertThat(repository.releases())
        .extracting(FakeRelease::body)
        .containsExactly("Thank you @ann.\n\n**Image**: `" + IMAGE + "`\n");
  }

  @Test
  void publishesTheDraftInsteadOfASecondRelease() {
    repository.tag("v1.2.4").release("v1.2.4", "Draft.", true);

    Page page = home.releases().publish(publication(true));

    assertThat(page.operation()).isEqualTo(Operation.CREATED);
    assertThat(repository.releases())
        .singleElement()
        .satisfies(release -> assertThat(release.draft()).isFalse())
        .satisfies(release -> assertThat(release.body()).startsWith("Draft.\n\n**Image**"));
  }

  @Test
  void anotherRunMayPublishBetweenTheLookAndTheWrite() {
    repository.tag("v1.2.4");
    gitHub.fault(
        "POST /repos/acme/shop/releases",
        new Fault.Overtaken(
            () -> repository.release("v1.2.4", publication(true).notes().markdown(), false)));

    Page page = home.releases().publish(publication(true));

    assertThat(page.operation()).isEqualTo(Operation.NONE);
    assertThat(repository.releases()).hasSize(1);
  }

  @Test
  void aPageWhoseAnswerWasLostIsNotPublishedTwice() {
    repository.tag("v1.2.4");
    gitHub.fault("POST /repos/acme/shop/releases", new Fault.AnswerLost());

    home.releases().publish(publication(true));

    assertThat(repository.releases()).hasSize(1);
  }

  @Test
  void saysWhatAReleaseNeeds() {
    repository.tag("v1.2.4");

    Problem problem = problemOf(() -> with(Grant.READ).releases().publish(publication(true)));

    assertThat(problem.what()).isEqualTo("GitHub refused to let us publish a release in acme/shop");
    assertThat(problem.fix()).contains("contents=write");
  }

  private Publication publication(boolean latest) {
    return new Publication(
        "Release v1.2.4",
        second,
        new Changelog(
            List.of(),
            URI.create("https://github.com/acme/shop"),
            Optional.of("v1.2.3"),
            "v1.2.4",
            List.of(IMAGE)),
        false,
        latest);
  }
}
