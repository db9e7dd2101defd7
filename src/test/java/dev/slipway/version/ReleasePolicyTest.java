package dev.slipway.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.problem.ActionException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which version a release gets, and why.
class ReleasePolicyTest extends ReleasesOfAGraph {
  @ParameterizedTest
  @CsvSource({
    "1.2.3, fix: x,   patch, 1.2.4",
    "1.2.3, feat: x,  patch, 1.3.0",
    "1.2.3, feat!: x, patch, 2.0.0",
    "1.2.3, docs: x,  patch, 1.2.4",
    "1.2.3, docs: x,  minor, 1.3.0",
    "1.2.3, docs: x,  major, 2.0.0",
    "1.2.3, fix: x,   major, 1.2.4",
    "0.4.2, fix: x,   patch, 0.4.3",
    "0.4.2, feat: x,  patch, 0.5.0",
    "0.4.2, feat!: x, patch, 1.0.0",
  })
  void raisesTheReleaseBefore(String before, String message, String defaultBump, String next) {
    CommitSha old = released("v" + before);
    CommitSha head = graph.commit(message, old);
    ReleasePolicy policy = policy("v", Bump.named(defaultBump).orElseThrow());

    assertThat(made(policy, head).tagName()).isEqualTo("v" + next);
  }

  @Test
  void saysWhichCommitDecided() {
    CommitSha feature = graph.commit("feat: a", released("v1.2.3"));
    CommitSha head = graph.commit("fix: b", feature);

    assertThat(made(policy("v", Bump.PATCH), head).why())
        .isEqualTo("0000002 asks for a minor bump after v1.2.3: its type is feat");
  }

  @Test
  void saysThatTheDefaultDecided() {
    CommitSha head = graph.commit("Add a page", released("v1.2.3"));

    assertThat(made(policy("v", Bump.PATCH), head).why())
        .isEqualTo("no commit after v1.2.3 asks for a bump, and `default-bump` is patch");
  }

  @Test
  void withoutADefaultACommitMustAsk() {
    CommitSha head = graph.commit("docs: x", released("v1.2.3"));

    ReleaseDecision decision = decide(policy("v", Bump.NONE), head);

    assertThat(decision)
        .isEqualTo(
            new ReleaseDecision.Nothing(
                "no commit after v1.2.3 asks for a release, and `default-bump` is none"));
  }

  @Test
  void withoutACommitOfThePathNothingIsReleased() {
    CommitSha head = graph.commit("feat!: elsewhere", released("v1.2.3"));

    ReleaseDecision decision = decide(policy("v", Bump.MAJOR), head, _ -> false);

    assertThat(decision)
        .isEqualTo(
            new ReleaseDecision.Nothing("no commit after v1.2.3 belongs to what is released"));
  }

  @Test
  void countsTheCommitsOfThePathOnly() {
    CommitSha elsewhere = graph.commit("feat!: elsewhere", released("api-v1.2.3"));
    CommitSha head = graph.commit("fix: here", elsewhere);

    ReleaseDecision decision = decide(policy("api-v", Bump.PATCH), head, Set.of(head)::contains);

    assertThat(decision.why()).contains("patch");
    assertThat(decision).isInstanceOf(ReleaseDecision.Make.class);
  }

  @Test
  void theLoserOfARaceDecidesAgain() {
    CommitSha first = graph.commit("fix: x", released("v1.2.3"));
    CommitSha second = graph.commit("feat: y", first);
    ReleaseDecision.Make before = made(policy("v", Bump.PATCH), second);
    graph.tag("v1.3.0", first);

    ReleaseDecision.Make after = made(policy("v", Bump.PATCH), second);

    assertThat(before.tagName()).isEqualTo("v1.3.0");
    assertThat(after.tagName()).isEqualTo("v1.4.0");
  }

  @Test
  void aNumberThatAnotherBranchHasIsTaken() {
    CommitSha old = released("v1.2.3");
    release(policy("v", Bump.PATCH), graph.commit("feat: main", old));
    CommitSha branch = graph.commit("feat: branch", old);

    assertThatThrownBy(() -> decide(policy("v", Bump.PATCH), branch))
        .isInstanceOfSatisfying(
            ActionException.class,
            e -> {
              assertThat(e.problems().getFirst().what())
                  .isEqualTo("The next version, 1.3.0, is taken");
              assertThat(e.problems().getFirst().why()).contains("v1.3.0", "0000002", "0000003");
              assertThat(e.problems().getFirst().fix()).contains("Release-As");
            });
  }

  @Test
  void theFirstReleaseIsTheInitialVersion() {
    CommitSha head = graph.commit("feat!: x");
    ReleasePolicy policy =
        new ReleasePolicy(
            new VersionSeries("v"), Bump.PATCH, Optional.empty(), Optional.of(version("0.1.0")));

    assertThat(made(policy, head).tagName()).isEqualTo("v0.1.0");
    assertThat(made(policy, head).why()).contains("`initial-version` is 0.1.0");
  }

  @Test
  void withoutAnythingToStartFromItSaysWhatToSet() {
    CommitSha head = graph.commit("feat: x");
    graph.tag("nightly", head);

    assertThatThrownBy(() -> decide(policy("v", Bump.PATCH), head))
        .isInstanceOfSatisfying(
            ActionException.class,
            e -> assertThat(e.problems().getFirst().fix()).contains("initial-version"));
  }
}
