package dev.slipway.github;

import static dev.slipway.github.Thrown.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.RepositoryName;
import dev.slipway.delivery.Secret;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakeGitHub;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.sandbox.Fault;
import dev.slipway.sandbox.RecordedRequest;
import dev.slipway.version.CommitSha;
import dev.slipway.version.GitTag;
import dev.slipway.version.TagHistory;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What GitHub knows about tags.
class TagHistoryTest {
  private final FakeGitHub gitHub = FakeGitHub.start();
  private final FakeRepository repository = gitHub.repository("acme/shop");
  private final TagHistory tags = tagHistory(Optional.of(new Secret("ghs_app")));

  private TagHistory tagHistory(Optional<Secret> token) {
    return new GitHubApi(gitHub.apiUrl(), token, Patience.USUAL, new StoppedClock())
        .tagHistory(RepositoryName.parse("acme/shop"));
  }

  @BeforeEach
  void grant() {
    gitHub.grant("ghs_app", "acme/shop", Grant.READ);
  }

  @AfterEach
  void stop() {
    gitHub.close();
  }

  @Test
  void readsEveryPage() {
    repository.file("a", "1");
    for (int i = 0; i < 250; i++) {
      repository.tag("v1.0." + i);
    }

    assertThat(tags.tags())
        .hasSize(250)
        .extracting(GitTag::name)
        .contains("v1.0.0", "v1.0.123", "v1.0.249")
        .doesNotHaveDuplicates();
    assertThat(gitHub.requests())
        .extracting(RecordedRequest::toString)
        .containsExactly(
            "GET /repos/acme/shop/tags?per_page=100",
            "GET /repos/acme/shop/tags?per_page=100&page=2",
            "GET /repos/acme/shop/tags?per_page=100&page=3");
  }

  @Test
  void peelsAnnotatedTags() {
    repository.file("a", "1").annotatedTag("v1.0.0");

    assertThat(tags.tags())
        .containsExactly(new GitTag("v1.0.0", new CommitSha(repository.head("main"))));
  }

  @Test
  void isEmptyWithoutTags() {
    repository.file("a", "1");

    assertThat(tags.tags()).isEmpty();
  }

  @Test
  void knowsWhatIsAnAncestor() {
    CommitSha old = new CommitSha(repository.commit("main", "One", "a", "1"));
    CommitSha side = new CommitSha(repository.commit("side", "Aside", "b", "1"));
    CommitSha head = new CommitSha(repository.commit("main", "Two", "a", "2"));

    assertThat(tags.isAncestor(old, head)).isTrue();
    assertThat(tags.isAncestor(head, old)).isFalse();
    assertThat(tags.isAncestor(side, head)).isFalse();
    assertThat(gitHub.requests())
        .first()
        .hasToString("GET /repos/acme/shop/compare/%s...%s?per_page=1&page=1".formatted(old, head));
  }

  @Test
  void asksNobodyAboutACommitAndItself() {
    CommitSha only = new CommitSha(repository.commit("main", "One", "a", "1"));

    assertThat(tags.isAncestor(only, only)).isTrue();
    assertThat(gitHub.requests()).isEmpty();
  }

  @Test
  void takesHistoriesThatNeverMetForUnrelated() {
    CommitSha head = new CommitSha(repository.commit("main", "One", "a", "1"));
    CommitSha other = new CommitSha(repository.unrelated("pages"));

    assertThat(tags.isAncestor(other, head)).isFalse();
  }

  @Test
  void needsNoTokenForAPublicRepository() {
    repository.file("a", "1").tag("v1.0.0").rules().publicly();

    assertThat(tagHistory(Optional.empty()).tags()).hasSize(1);
    assertThat(gitHub.requests()).extracting(RecordedRequest::token).containsOnly(Optional.empty());
  }

  @Test
  void saysWhichTokenCannotSeeTheRepository() {
    Problem problem = problemOf(() -> tagHistory(Optional.empty()).tags());

    assertThat(problem.what()).isEqualTo("GitHub does not show us acme/shop");
    assertThat(problem.why())
        .isEqualTo("it does not exist, or the token may not see it; no token was given");
    assertThat(problem.fix())
        .isEqualTo("Check the name. Give `github-token` a token that may see acme/shop");
  }

  @Test
  void doesNotFollowAPageToAnotherHost() {
    try (FakeGitHub other = FakeGitHub.start()) {
      repository.file("a", "1").tag("v1.0.0");
      gitHub.fault(
          "/tags",
          new Fault.Instead(
              200,
              Map.of(
                  "Link",
                  "<%s/repos/acme/shop/tags?page=2>; rel=\"next\"".formatted(other.apiUrl())),
              "[{\"name\":\"v1.0.0\",\"commit\":{\"sha\":\"%s\"}}]"
                  .formatted(repository.head("main"))));

      Problem problem = problemOf(tags::tags);

      assertThat(problem.what()).isEqualTo("GitHub's answer points to another host");
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void saysThatARenamedRepositoryHasMoved() {
    gitHub.renamed("acme/shop", "acme/store");
    gitHub.grant("ghs_app", "acme/store", Grant.READ);

    Problem problem = problemOf(tags::tags);

    assertThat(problem.what()).isEqualTo("acme/shop has moved");
    assertThat(gitHub.requests()).hasSize(1);
  }
}
