package dev.slipway.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.problem.ActionException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleasePolicyTest {
  private final CommitGraph graph = new CommitGraph();

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
  void aSecondRunReusesTheTagOfTheFirst() {
    CommitSha head = graph.commit("feat: x", released("v1.2.3"));
    release(policy("v", Bump.PATCH), head);

    ReleaseDecision again = decide(policy("v", Bump.PATCH), head);

    assertThat(again).isEqualTo(new ReleaseDecision.Reuse(tag("v1.3.0", head)));
    assertThat(policy("v", Bump.PATCH).lineage(head, Optional.empty(), graph).previous())
        .map(VersionTag::name)
        .contains("v1.2.3");
  }

  @Test
  void ofSeveralTagsOnTheCommitTheEventsWinsAndElseTheHighest() {
    CommitSha head = released("v1.9.0");
    graph.tag("v1.10.0", head);
    graph.tag("v1.10.1-rc.1", head);
    ReleasePolicy policy = policy("v", Bump.PATCH);

    assertThat(here(policy, head, Optional.empty())).contains("v1.10.0");
    assertThat(here(policy, head, Optional.of("v1.9.0"))).contains("v1.9.0");
    assertThat(here(policy, head, Optional.of("v1.10.1-rc.1"))).contains("v1.10.1-rc.1");
    assertThat(here(policy, head, Optional.of("nightly"))).contains("v1.10.0");
  }

  @Test
  void anOlderCommitOfANewerReleaseIsSuperseded() {
    CommitSha older = graph.commit("fix: x", released("v1.2.3"));
    CommitSha newer = graph.commit("fix: y", older);
    release(policy("v", Bump.PATCH), newer);

    ReleaseDecision decision = decide(policy("v", Bump.PATCH), older);

    assertThat(decision).isEqualTo(new ReleaseDecision.Superseded(tag("v1.2.4", newer)));
    assertThat(decision.why()).isEqualTo("v1.2.4 at 0000003 already contains the commit");
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
  void anOldLineGoesOnBesideANewOne() {
    CommitSha old = released("v1.2.3");
    CommitSha main = graph.commit("feat!: x", old);
    release(policy("v", Bump.PATCH), main);
    CommitSha hotfix = graph.commit("fix: y", old);

    assertThat(made(policy("v", Bump.PATCH), hotfix).tagName()).isEqualTo("v1.2.4");
    assertThat(made(policy("v", Bump.PATCH), graph.commit("fix: z", main)).tagName())
        .isEqualTo("v2.0.1");
  }

  @Test
  void anOlderCommitOfAnOldLineIsSupersededInThatLine() {
    CommitSha old = released("v1.2.3");
    release(policy("v", Bump.PATCH), graph.commit("feat!: x", old));
    CommitSha hotfix = graph.commit("fix: y", old);
    CommitSha next = graph.commit("fix: z", hotfix);
    release(policy("v", Bump.PATCH), next);

    assertThat(decide(policy("v", Bump.PATCH), hotfix))
        .isEqualTo(new ReleaseDecision.Superseded(tag("v1.2.4", next)));
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

  @Test
  void prefixesOfAMonorepoNeverSeeEachOther() {
    CommitSha old = released("v1.2.3");
    graph.tag("api-v5.0.0", old);
    graph.tag("vapi-6.0.0", old);
    CommitSha head = graph.commit("fix: x", old);
    graph.tag("api-v5.0.1", head);

    assertThat(made(policy("v", Bump.PATCH), head).tagName()).isEqualTo("v1.2.4");
    assertThat(decide(policy("api-v", Bump.PATCH), head))
        .isEqualTo(new ReleaseDecision.Reuse(tag("api-v5.0.1", head)));
  }

  @Test
  void bareTagsAreContinuedWithTheCustomaryPrefix() {
    CommitSha head = graph.commit("fix: x", released("1.2.3"));

    assertThat(made(policy("v", Bump.PATCH), head).tagName()).isEqualTo("v1.2.4");
  }

  @Test
  void asksOnlyForTheNewestTagOfEachLineAbove() {
    CommitSha old = released("v1.0.0");
    CommitSha main = old;
    for (int i = 1; i <= 20; i++) {
      main = graph.commit("fix: x", main);
      graph.tag("v2.0." + i, main);
    }
    CommitSha head = graph.commit("fix: y", old);
    int[] asked = {0};
    TagHistory counting =
        new TagHistory() {
          @Override
          public List<GitTag> tags() {
            return graph.tags();
          }

          @Override
          public boolean isAncestor(CommitSha ancestor, CommitSha commit) {
            asked[0]++;
            return graph.isAncestor(ancestor, commit);
          }
        };

    policy("v", Bump.PATCH).lineage(head, Optional.empty(), counting);

    assertThat(asked[0]).isEqualTo(20 + 1 + 1);
  }

  private static ReleasePolicy policy(String prefix, Bump defaultBump) {
    return new ReleasePolicy(
        new VersionSeries(prefix), defaultBump, Optional.empty(), Optional.empty());
  }

  private CommitSha released(String tagName) {
    CommitSha commit = graph.commit("chore: " + tagName);
    graph.tag(tagName, commit);
    return commit;
  }

  private void release(ReleasePolicy policy, CommitSha head) {
    graph.tag(made(policy, head).tagName(), head);
  }

  private ReleaseDecision.Make made(ReleasePolicy policy, CommitSha head) {
    return (ReleaseDecision.Make) decide(policy, head);
  }

  private ReleaseDecision decide(ReleasePolicy policy, CommitSha head) {
    return decide(policy, head, _ -> true);
  }

  private ReleaseDecision decide(
      ReleasePolicy policy, CommitSha head, Predicate<CommitSha> touching) {
    Lineage lineage = policy.lineage(head, Optional.empty(), graph);
    Optional<CommitSha> after = lineage.previous().map(VersionTag::commit);
    return policy.decide(lineage, Judgement.of(graph.range(after, head), touching));
  }

  private Optional<String> here(ReleasePolicy policy, CommitSha head, Optional<String> eventTag) {
    return policy.lineage(head, eventTag, graph).here().map(VersionTag::name);
  }

  private static VersionTag tag(String name, CommitSha commit) {
    return new VersionTag(new GitTag(name, commit), version(name.substring(name.indexOf('v') + 1)));
  }

  private static SemanticVersion version(String text) {
    return SemanticVersion.parse(text).orElseThrow();
  }
}
