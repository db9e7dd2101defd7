package dev.slipway.run;

import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeRelease;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.sandbox.TtSystem;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whole runs of system S5's step: which version a commit becomes, and what is made of it.
class ReleaseRunsTest extends ReleaseStory {
  @Test
  void aBreakingChangeBecomesAMajorRelease() throws Exception {
    commit("fix: the login");
    String head = commit("feat!: drop the old API, cc @ann");

    StepResult result = run(step());

    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("version", "2.0.0")
        .containsEntry("tag-name", "v2.0.0")
        .containsEntry("released", "true")
        .containsEntry("tag", "v2.0.0")
        .containsEntry("tags", "v2.0.0\nlatest")
        .containsEntry("changed", "true")
        .containsEntry("outcome", "deployed");
    String digest = result.outputs().get("digest");
    assertThat(digestInRegistry("v2.0.0")).contains(digest);
    assertThat(digestInRegistry("latest")).contains(digest);
    assertThat(repository.tags()).containsEntry("v2.0.0", head).hasSize(2);
    assertThat(repository.releases())
        .singleElement()
        .satisfies(release -> {
          assertThat(release.name()).isEqualTo("Release v2.0.0");
          assertThat(release.preRelease()).isFalse();
          assertThat(release.body())
              .contains("### Breaking changes", "### Fixes", "`@ann`", "v2.0.0@" + digest)
              .contains("/compare/v1.2.3...v2.0.0");
        });
    assertThat(result.shown())
        .contains("major  feat!: drop the old API", "`!` marks a breaking change")
        .contains("The tag v2.0.0 is made.", "The release is published: ");
    assertThat(result.summary()).contains("/releases/tag/v2.0.0");
  }

  @Test
  void withoutAConventionalCommitTheDefaultDecides() {
    commit("Edit a page");

    StepResult result = run(step());

    assertThat(result.outputs()).containsEntry("tag-name", "v1.2.4");
  }

  @Test
  void aDryRunShowsTheDecisionAndTheNotes() throws Exception {
    commit("feat: a page");

    StepResult result = run(step().withVariable("INPUT_DRY-RUN", "true"));

    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("tag-name", "v1.3.0")
        .containsEntry("released", "false")
        .containsEntry("outcome", "planned");
    assertThat(result.shown()).contains("minor  feat: a page", "### Features", "- a page (");
    assertThat(gitHub.writes()).isEmpty();
    assertThat(repository.tags()).hasSize(1);
    assertThat(digestInRegistry("latest")).isEmpty();
  }

  @Test
  void aPreReleaseMovesNothing() throws Exception {
    commit("feat: a page");

    StepResult result = run(step().withVariable("INPUT_PRERELEASE", "rc"));

    assertGreen(result);
    assertThat(result.outputs()).containsEntry("tags", "v1.3.0-rc.1");
    assertThat(repository.releases()).extracting(FakeRelease::preRelease).containsExactly(true);
    assertThat(repository.latestRelease()).isEmpty();
  }

  @Test
  void onlyCommitsOfThePathCount() throws Exception {
    repository.commit("main", "feat!: elsewhere", "web/main.ts", "1");
    repository.commit("main", "fix: here", "api/main.go", "1");

    StepResult result = run(step().withVariable("INPUT_RELEASE-PATH", "api"));

    assertThat(result.outputs()).containsEntry("tag-name", "v1.2.4");
    assertThat(repository.releases().getFirst().body()).doesNotContain("elsewhere");
  }

  @Test
  void withoutAnyTagTheFirstReleaseIsTheInitialVersion() {
    FakeRepository fresh = gitHub.repository("TT-Team/fresh");
    fresh.commit("main", "feat!: start", "a.txt", "1");
    gitHub.grant(Canaries.GITOPS_TOKEN, "TT-Team/fresh", Grant.WRITE);

    StepResult result =
        run(
            step()
                .withVariable("GITHUB_REPOSITORY", "TT-Team/fresh")
                .withVariable("GITHUB_SHA", fresh.head("main")));

    assertGreen(result);
    assertThat(fresh.tags()).containsExactly(Map.entry("v0.1.0", fresh.head("main")));
  }

  @Test
  void eventsOfUnmergedCommitsReleaseNothing() throws Exception {
    commit("feat: a page");

    StepResult result = run(step().withVariable("GITHUB_EVENT_NAME", "merge_group"));

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown()).contains("A release is not made on the event merge_group");
    assertThat(gitHub.writes()).isEmpty();
    assertThat(digestInRegistry("latest")).isEmpty();
  }

  @Test
  void aTokenThatMayOnlyReadPushesNothing() throws Exception {
    gitHub.grant(Canaries.GITOPS_TOKEN, TtSystem.APPLICATION, Grant.READ);
    commit("feat: a page");

    StepResult result = run(step());

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown()).contains("make a version tag", "contents=write");
    assertThat(digestInRegistry("v1.3.0")).isEmpty();
  }
}
