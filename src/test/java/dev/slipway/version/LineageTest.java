package dev.slipway.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Where a commit stands among the tags: which one is its own, which came before, which line it
/// goes on, and which newer release has it already.
class LineageTest extends ReleasesOfAGraph {
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

  private Optional<String> here(ReleasePolicy policy, CommitSha head, Optional<String> eventTag) {
    return policy.lineage(head, eventTag, graph).here().map(VersionTag::name);
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
}
