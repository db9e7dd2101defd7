package dev.slipway.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.problem.ActionException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextVersionTest {
  private static final ReleasePolicy RELEASES = policy(Optional.empty());
  private static final ReleasePolicy CANDIDATES = policy(Optional.of("rc"));

  private final CommitGraph graph = new CommitGraph();
  private CommitSha head = graph.commit("chore: start");

  @Test
  void aSeriesOfPreReleasesCountsUpAndEndsInItsRelease() {
    graph.tag("v1.2.3", head);

    assertThat(release(CANDIDATES, "feat: a")).isEqualTo("v1.3.0-rc.1");
    assertThat(release(CANDIDATES, "fix: b")).isEqualTo("v1.3.0-rc.2");
    assertThat(release(CANDIDATES, "docs: c")).isEqualTo("v1.3.0-rc.3");
    assertThat(next(RELEASES)).isEqualTo("v1.3.0");
    assertThat(release(RELEASES, "docs: d")).isEqualTo("v1.3.0");
    assertThat(release(CANDIDATES, "fix: e")).isEqualTo("v1.3.1-rc.1");
  }

  @Test
  void aSeriesOfPreReleasesRisesWhenACommitAsksForMore() {
    graph.tag("v1.2.3", head);

    assertThat(release(CANDIDATES, "fix: a")).isEqualTo("v1.2.4-rc.1");
    assertThat(release(CANDIDATES, "feat: b")).isEqualTo("v1.3.0-rc.1");
    assertThat(release(CANDIDATES, "fix: c")).isEqualTo("v1.3.0-rc.2");
    assertThat(release(CANDIDATES, "feat!: d")).isEqualTo("v2.0.0-rc.1");
    assertThat(release(CANDIDATES, "feat: e")).isEqualTo("v2.0.0-rc.2");
  }

  @Test
  void aSeriesNeverFallsWhenItsReasonIsUndone() {
    graph.tag("v1.2.3", head);
    release(CANDIDATES, "feat: a");
    String undo = "Revert \"feat: a\"\n\nThis reverts commit " + head + ".";

    assertThat(release(CANDIDATES, undo)).isEqualTo("v1.3.0-rc.2");
  }

  @Test
  void theNumberIsAboveTheHighestWhereverItIs() {
    graph.tag("v1.2.3", head);
    CommitSha elsewhere = graph.commit("feat: elsewhere", head);
    graph.tag("v1.3.0-rc.9", elsewhere);
    graph.tag("v1.3.0-rc.10", elsewhere);
    graph.tag("v1.3.0-rc", elsewhere);
    graph.tag("v1.3.0-beta.40", elsewhere);
    graph.tag("v1.3.0-rc.x.50", elsewhere);
    graph.tag("v1.4.0-rc.60", elsewhere);

    assertThat(release(CANDIDATES, "feat: a")).isEqualTo("v1.3.0-rc.11");
  }

  @Test
  void aCommitWithAPreReleaseKeepsIt() {
    graph.tag("v1.2.3", head);
    release(CANDIDATES, "feat: a");

    Lineage lineage = CANDIDATES.lineage(head, Optional.empty(), graph);

    assertThat(CANDIDATES.settled(lineage).map(ReleaseDecision::why))
        .contains("the commit carries the tag v1.3.0-rc.1");
  }

  @Test
  void aReleasedCommitGetsNoPreRelease() {
    graph.tag("v1.2.3", head);

    Lineage lineage = CANDIDATES.lineage(head, Optional.empty(), graph);

    assertThat(CANDIDATES.settled(lineage).map(ReleaseDecision::why))
        .contains("the commit carries the tag v1.2.3");
  }

  @Test
  void withoutAReleaseASeriesBeginsWithTheInitialVersion() {
    ReleasePolicy policy =
        new ReleasePolicy(
            new VersionSeries("v"),
            Bump.PATCH,
            CANDIDATES.preRelease(),
            SemanticVersion.parse("0.1.0"));

    assertThat(release(policy, "feat: a")).isEqualTo("v0.1.0-rc.1");
    assertThat(release(policy, "feat: b")).isEqualTo("v0.1.0-rc.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Release-As: 2.0.0", "release-as: 2.0.0", "Release-As: v2.0.0"})
  void aFooterNamesTheVersion(String footer) {
    graph.tag("v1.2.3", head);

    assertThat(release(RELEASES, "docs: a\n\n" + footer)).isEqualTo("v2.0.0");
    assertThat(release(RELEASES, "fix: b")).isEqualTo("v2.0.1");
  }

  @Test
  void theNewestFooterNamesTheVersion() {
    graph.tag("v1.2.3", head);
    head = graph.commit("docs: a\n\nRelease-As: 3.0.0", head);

    assertThat(release(RELEASES, "docs: b\n\nRelease-As: 2.0.0")).isEqualTo("v2.0.0");
  }

  @Test
  void aFooterCanNameAPreReleaseWhichIsThenDone() {
    graph.tag("v1.2.3", head);

    assertThat(release(RELEASES, "feat: a\n\nRelease-As: 2.0.0-rc.1")).isEqualTo("v2.0.0-rc.1");
    assertThat(release(RELEASES, "fix: b")).isEqualTo("v1.3.0");
  }

  @Test
  void aFooterNamesTheCoreOfASeries() {
    graph.tag("v1.2.3", head);

    assertThat(release(CANDIDATES, "fix: a\n\nRelease-As: 2.0.0")).isEqualTo("v2.0.0-rc.1");
    assertThat(release(CANDIDATES, "fix: b")).isEqualTo("v2.0.0-rc.2");
    assertThat(release(RELEASES, "fix: c")).isEqualTo("v2.0.0");
  }

  @Test
  void aFooterStaysBelowOneDotZero() {
    graph.tag("v0.4.2", head);

    assertThat(release(RELEASES, "feat!: a\n\nRelease-As: 0.5.0")).isEqualTo("v0.5.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.2", "0.9.0", "two", "2.0", "2.0.0+build", "2.0.0 or so"})
  void aFooterThatCannotBeFollowedStopsTheRelease(String asked) {
    graph.tag("v1.2.3", head);

    assertThatThrownBy(() -> release(RELEASES, "feat: a\n\nRelease-As: " + asked))
        .isInstanceOfSatisfying(
            ActionException.class,
            e -> {
              assertThat(e.problems().getFirst().what())
                  .isEqualTo("`Release-As: %s` cannot be followed".formatted(asked));
              assertThat(e.problems().getFirst().fix()).contains("the newest one counts");
            });
  }

  @Test
  void theHighestNumberHasNoNext() {
    graph.tag("v1.2147483647.0", head);

    assertThatThrownBy(() -> release(RELEASES, "feat: a"))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("no version after 1.2147483647.0");
  }

  private static ReleasePolicy policy(Optional<String> preRelease) {
    return new ReleasePolicy(
        new VersionSeries("v"),
        Bump.PATCH,
        preRelease.map(PreReleaseIdentifier::new),
        Optional.empty());
  }

  /// Commits, and tags what was decided.
  private String release(ReleasePolicy policy, String message) {
    head = graph.commit(message, head);
    String tagName = next(policy);
    graph.tag(tagName, head);
    return tagName;
  }

  private String next(ReleasePolicy policy) {
    Lineage lineage = policy.lineage(head, Optional.empty(), graph);
    Optional<CommitSha> after = lineage.previous().map(VersionTag::commit);
    ReleaseDecision decision = policy.decide(lineage, Judgement.of(graph.range(after, head)));
    return ((ReleaseDecision.Make) decision).tagName();
  }
}
