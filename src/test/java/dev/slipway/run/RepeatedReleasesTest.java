package dev.slipway.run;

import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.FakeRelease;
import dev.slipway.sandbox.Fault;
import dev.slipway.sandbox.TtSystem;
import org.junit.jupiter.api.Test;

/// Releases that run twice, late, half, or beside each other: a version has one tag, one release
/// page and one image.
class RepeatedReleasesTest extends ReleaseStory {
  private static final String CREATE_TAG = "POST /repos/" + TtSystem.APPLICATION + "/git/refs";

  @Test
  void aSecondRunWritesNothing() {
    commit("feat: a page");
    assertGreen(run(step()));
    gitHub.forgetRequests();

    StepResult second = run(step());

    assertGreen(second);
    assertThat(second.outputs())
        .containsEntry("tag-name", "v1.3.0")
        .containsEntry("released", "false")
        .containsEntry("changed", "false")
        .containsEntry("outcome", "unchanged");
    assertThat(gitHub.writes()).isEmpty();
  }

  @Test
  void aHalfDoneRunIsContinued() throws Exception {
    commit("feat: a page");
    gitHub.fault("POST /repos/" + TtSystem.APPLICATION + "/releases", Fault.status(403, "Not now"));
    StepResult first = run(step());
    String tagged = repository.tags().get("v1.3.0");

    StepResult second = run(step());

    assertThat(first.exitCode()).isOne();
    assertThat(first.summary()).contains("The tag v1.3.0 is made.");
    assertGreen(second);
    assertThat(second.outputs()).containsEntry("released", "true").containsEntry("tag", "v1.3.0");
    assertThat(repository.tags()).hasSize(2).containsEntry("v1.3.0", tagged);
    assertThat(repository.releases()).extracting(FakeRelease::tag).containsExactly("v1.3.0");
    assertThat(digestInRegistry("v1.3.0")).isPresent();
  }

  @Test
  void ofTwoRunsForOneCommitOneMakesTheTag() {
    String head = commit("feat: a page");
    gitHub.fault(CREATE_TAG, new Fault.Overtaken(() -> repository.tagAt("v1.3.0", head)));

    StepResult result = run(step());

    assertGreen(result);
    assertThat(result.outputs()).containsEntry("tag-name", "v1.3.0");
    assertThat(repository.tags()).hasSize(2);
    assertThat(repository.releases()).hasSize(1);
  }

  @Test
  void ofTwoRunsForTwoCommitsTheSecondDecidesAgain() throws Exception {
    String older = commit("feat: a page");
    String newer = commit("fix: the page");
    gitHub.fault(CREATE_TAG, new Fault.Overtaken(() -> repository.tagAt("v1.3.0", older)));

    StepResult result = run(step());

    assertGreen(result);
    assertThat(result.outputs()).containsEntry("tag-name", "v1.3.1");
    assertThat(repository.tags())
        .containsEntry("v1.3.0", older)
        .containsEntry("v1.3.1", newer)
        .hasSize(3);
    assertThat(repository.releases()).extracting(FakeRelease::tag).containsExactly("v1.3.1");
    assertThat(digestInRegistry("v1.3.0")).isEmpty();
    assertThat(result.shown()).contains("another run made it at " + older.substring(0, 7));
  }

  @Test
  void anOlderCommitIsLeftAlone() throws Exception {
    String older = commit("feat: a page");
    commit("fix: the page");
    repository.tag("v1.3.0");
    ContainerStep step = step().withVariable("GITHUB_SHA", older);

    StepResult skipped = run(step);
    StepResult failed = run(step.withVariable("INPUT_ON-SUPERSEDED", "fail"));

    assertGreen(skipped);
    assertThat(skipped.outputs())
        .containsEntry("outcome", "superseded")
        .containsEntry("released", "false")
        .containsEntry("changed", "false")
        .doesNotContainKeys("tag", "tag-name", "digest");
    assertThat(failed.exitCode()).isOne();
    assertThat(failed.shown()).contains("A newer commit is released already", "v1.3.0 at");
    assertThat(gitHub.writes()).isEmpty();
    assertThat(digestInRegistry("latest")).isEmpty();
  }

  @Test
  void aHotfixOfAnOldLineLeavesLatestAlone() throws Exception {
    repository.branch("1.x");
    commit("feat!: a new world");
    repository.tag("v2.0.0").release("v2.0.0", "Two", false);
    String hotfix = repository.commit("1.x", "fix: the old world", "old.txt", "1");
    ContainerStep step =
        step()
            .withVariable("GITHUB_SHA", hotfix)
            .withVariable("INPUT_EXTRA-TAGS", "latest\n{major}\n{major}.{minor}");

    StepResult result = run(step);

    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("tag-name", "v1.2.4")
        .containsEntry("tags", "v1.2.4\n1\n1.2");
    assertThat(digestInRegistry("latest")).isEmpty();
    assertThat(repository.latestRelease()).contains("v2.0.0");
    assertThat(result.shown()).contains("latest, because a release above 1.2.4 is there");
  }
}
