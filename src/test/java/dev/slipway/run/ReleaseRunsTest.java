package dev.slipway.run;

import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.JobFolders;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeGitHub;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeRelease;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.sandbox.Fault;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.TtSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs of system S5's step: however often and however late it runs, a version has one tag,
/// one release page and one image.
class ReleaseRunsTest {
  private static final String CREATE_TAG = "POST /repos/" + TtSystem.APPLICATION + "/git/refs";

  @TempDir private Path folder;
  private final FakeGitHub gitHub = FakeGitHub.start();
  private final RegistryServer registry = RegistryServer.withLogin();
  private final FakeRepository repository = gitHub.repository(TtSystem.APPLICATION);
  private JobFolders folders;

  @BeforeEach
  void start() throws IOException {
    folders = JobFolders.in(folder);
    gitHub.grant(Canaries.GITOPS_TOKEN, TtSystem.APPLICATION, Grant.CONTENTS);
    commit("chore: start");
    repository.tag("v1.2.3");
    Files.copy(
        new SampleImages(folders.temp(), "backend").ociArchive().path(),
        folders.workspace().resolve("backend.tar"));
  }

  @AfterEach
  void close() {
    registry.close();
    gitHub.close();
  }

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
    gitHub.grant(Canaries.GITOPS_TOKEN, "TT-Team/fresh", Grant.CONTENTS);

    StepResult result =
        run(
            step()
                .withVariable("GITHUB_REPOSITORY", "TT-Team/fresh")
                .withVariable("GITHUB_SHA", fresh.head("main"))
                .withVariable("INPUT_INITIAL-VERSION", "0.1.0"));

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

  private String commit(String message) {
    return repository.commit("main", message, "src/app.py", message);
  }

  /// How it is deployed, another test shows.
  private ContainerStep step() {
    return new TtSystem(folders, repository, gitHub.apiUrl(), registry.host())
        .step()
        .withVariable("INPUT_SSM-TARGETS", "")
        .withVariable("INPUT_SSM-SCRIPT", "");
  }

  private StepResult run(ContainerStep step) {
    StepResult result = new ProcessRunner(folders).run(step);
    Canaries.assertAbsentFrom(result.shown() + result.outputs() + result.summary());
    repository.releases().forEach(release -> Canaries.assertAbsentFrom(release.body()));
    return result;
  }

  private Optional<String> digestInRegistry(String tag) {
    return registry.digest(TtSystem.IMAGES, tag);
  }
}
