package dev.slipway.run;

import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakePullRequest;
import dev.slipway.sandbox.RecordedRequest;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole runs of system S1's step that move its GitOps repository in other ways than its own.
class GitOpsRunsTest {
  private static final String VALUES = "apps/backstage-already11/values-already11.yaml";

  @TempDir private Path folder;
  private Sandbox sandbox;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(ReplacedSystem.BACKSTAGE, folder);
    Path archive = sandbox.folders().workspace().resolve("backstage.tar");
    Files.copy(
        new SampleImages(sandbox.folders().temp(), "backstage").ociArchive().path(), archive);
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void commitsToTheBaseBranchWithContentsAlone() {
    sandbox.gitHub().grant(Canaries.GITOPS_TOKEN, sandbox.gitOps().fullName(), Grant.CONTENTS);
    String base = sandbox.gitOps().head("main");

    StepResult result = run(sandbox.step().withVariable("INPUT_GITOPS-DELIVERY", "commit"));

    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("outcome", "deployed")
        .containsEntry("changed", "true")
        .containsEntry("commit-sha", sandbox.gitOps().head("main"))
        .containsEntry("pull-request-state", "none")
        .doesNotContainKey("pull-request-number");
    assertThat(sandbox.gitOps().parentsOf("main")).containsExactly(base);
    assertThat(sandbox.gitOps().fileAt("main", VALUES).orElseThrow())
        .contains("'" + result.outputs().get("tag") + "'          # set by the delivery");
    assertThat(sandbox.gitOps().branches()).containsExactly("main");
    assertThat(result.summary()).contains(sandbox.gitOps().head("main"));
  }

  @Test
  void aSecondCommitRunWritesNothing() {
    ContainerStep step = sandbox.step().withVariable("INPUT_GITOPS-DELIVERY", "commit");
    assertGreen(run(step));
    sandbox.gitHub().forgetRequests();

    StepResult second = run(step);

    assertGreen(second);
    assertThat(second.outputs())
        .containsEntry("outcome", "unchanged")
        .containsEntry("changed", "false");
    assertThat(sandbox.gitHub().writes()).isEmpty();
  }

  @Test
  void isRedOnAProtectedBranchAndSaysWhatToDo() {
    sandbox
        .gitOps()
        .rules()
        .guard(
            "main",
            "Repository rule violations found: Changes must be made through a pull request.");

    StepResult result = run(sandbox.step().withVariable("INPUT_GITOPS-DELIVERY", "commit"));

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown()).contains("forbids commits on its base branch", "gitops-delivery");
  }

  @ParameterizedTest
  @ValueSource(strings = {"commit", "pull-request"})
  void anOlderCommitIsNeitherPushedNorDeliveredAfterANewerOne(String delivery) {
    ContainerStep older = sandbox.step().withVariable("INPUT_GITOPS-DELIVERY", delivery);
    sandbox.application().file("app.js", "// newer\n");
    assertGreen(run(sandbox.step().withVariable("INPUT_GITOPS-DELIVERY", delivery)));
    sandbox.registry().forget();
    sandbox.gitHub().forgetRequests();

    StepResult result = run(older);

    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("outcome", "superseded")
        .containsEntry("changed", "false");
    assertThat(result.shown()).contains("was delivered already");
    assertThat(sandbox.gitHub().writes()).isEmpty();
    assertThat(sandbox.registry().requests())
        .allSatisfy(request -> assertThat(request.method()).isIn("GET", "HEAD"));
  }

  @Test
  void theFirstDeliverySpendsTenRequestsBesideTheFilesContent() {
    assertGreen(run(sandbox.step()));

    assertThat(sandbox.gitHub().requests())
        .map(RecordedRequest::toString)
        .filteredOn(request -> !request.contains("/git/blobs/"))
        .hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void takesBackAnAutoMergeThatAnEarlierRunEnabled() {
    assertGreen(run(sandbox.step()));
    assertThat(sandbox.gitOps().pullRequests().getFirst().autoMerge()).isPresent();

    StepResult result = run(sandbox.step().withVariable("INPUT_AUTO-MERGE", "off"));

    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("changed", "true")
        .containsEntry("pull-request-operation", "none")
        .containsEntry("pull-request-state", "open");
    assertThat(sandbox.gitOps().pullRequests().getFirst().autoMerge()).isEmpty();
  }

  @Test
  void opensADraftWithItsLabelsAndPeople() {
    StepResult result =
        run(
            sandbox
                .step()
                .withVariable("INPUT_AUTO-MERGE", "off")
                .withVariable("INPUT_PULL-REQUEST-DRAFT", "true")
                .withVariable("INPUT_PULL-REQUEST-LABELS", "deploy")
                .withVariable("INPUT_PULL-REQUEST-REVIEWERS", "octocat")
                .withVariable("INPUT_PULL-REQUEST-TEAM-REVIEWERS", "ops")
                .withVariable("INPUT_PULL-REQUEST-ASSIGNEES", "hubot"));

    assertGreen(result);
    FakePullRequest made = sandbox.gitOps().pullRequests().getFirst();
    assertThat(made.isDraft()).isTrue();
    assertThat(made.companions())
        .containsExactly("label deploy", "assignee hubot", "reviewer octocat", "team ops");
  }

  private StepResult run(ContainerStep step) {
    StepResult result = new ProcessRunner(sandbox.folders()).run(step);
    Canaries.assertAbsentFrom(result.shown() + result.outputs() + result.summary());
    return result;
  }
}
