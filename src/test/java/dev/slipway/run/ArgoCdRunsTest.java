package dev.slipway.run;

import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.ArgoCdApplication;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeArgoCd;
import dev.slipway.sandbox.FakeArgoCd.Reply;
import dev.slipway.sandbox.FakePullRequest;
import dev.slipway.sandbox.Fault;
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

/// Whole runs of system S1's step that wait until Argo CD runs what was delivered.
class ArgoCdRunsTest {
  @TempDir private Path folder;
  private final FakeArgoCd argoCd = FakeArgoCd.start();
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
    argoCd.close();
  }

  @Test
  void waitsForTheMergeAndThenUntilTheImageRuns() {
    sandbox.gitHub().fault("query MergeWatch", new Fault.Overtaken(() -> {}));
    sandbox.gitHub().fault("query MergeWatch", new Fault.Overtaken(sandbox.gitOps()::passChecks));
    runs(application("Healthy"));

    StepResult result = run(step().withVariable("INPUT_WAIT-FOR-MERGE", "5"));

    assertGreen(result);
    String merged = sandbox.gitOps().head("main");
    assertThat(result.outputs())
        .containsEntry("outcome", "deployed")
        .containsEntry("changed", "true")
        .containsEntry("pull-request-state", "merged")
        .containsEntry("merge-commit-sha", merged);
    assertThat(sandbox.gitOps().pullRequests())
        .extracting(FakePullRequest::state)
        .containsExactly(FakePullRequest.State.MERGED);
    assertThat(sandbox.gitOps().branches()).containsExactly("main");
    assertThat(result.shown())
        .contains("Pull request #1: required checks have not ended: build")
        .contains("It is merged as " + merged.substring(0, 7))
        .contains("Argo CD application backstage is live at " + merged.substring(0, 7));
    assertThat(result.summary()).contains("is live at");
    assertThat(argoCd.requests())
        .allMatch(request -> request.authorization().equals("Bearer " + Canaries.ARGOCD_TOKEN));
  }

  @Test
  void checksWhatWasDeliveredBeforeToo() {
    assertGreen(run(sandbox.step().withVariable("INPUT_GITOPS-DELIVERY", "commit")));
    runs(application("Healthy"));

    StepResult result = run(step().withVariable("INPUT_GITOPS-DELIVERY", "commit"));

    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("outcome", "unchanged")
        .containsEntry("changed", "false");
    assertThat(result.shown()).contains("Argo CD application backstage is live");
  }

  @Test
  void isRedWithThePodsReasonsWhenTheSyncFails() {
    runs(application("Degraded"));
    argoCd.on(
        "resource-tree backstage",
        Reply.ok(
            ArgoCdApplication.pod(
                "backstage-7d", image(), "CrashLoopBackOff", "back-off restarting")));

    StepResult result = run(step().withVariable("INPUT_GITOPS-DELIVERY", "commit"));

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown()).contains("backstage", "backstage-7d", "CrashLoopBackOff");
    assertThat(result.outputs())
        .containsEntry("commit-sha", sandbox.gitOps().head("main"))
        .doesNotContainKey("outcome");
  }

  @Test
  void endsAsSupersededWhenSomebodyReplacesTheValuesMeanwhile() {
    runs(() -> {
      String path = "apps/backstage-already11/values-already11.yaml";
      String text = sandbox.gitOps().fileAt("main", path).orElseThrow();
      if (!text.contains("by hand")) {
        sandbox
            .gitOps()
            .commit(
                "main",
                "By hand",
                path,
                text.replaceFirst("tag: '[^']*'", "tag: '9.9.9'") + "# by hand\n");
      }
      return application("Healthy").state();
    });

    StepResult result = run(step().withVariable("INPUT_GITOPS-DELIVERY", "commit"));

    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("outcome", "superseded")
        .containsEntry("changed", "true");
    assertThat(result.shown()).contains("replaced the delivered values");
  }

  /// What Argo CD says of the application at that moment.
  private interface Scene {
    ArgoCdApplication state();
  }

  private void runs(Scene scene) {
    argoCd.on("GET backstage", () -> Reply.ok(scene.state().text()));
    argoCd.on(
        "managed-resources backstage",
        () -> Reply.ok(ArgoCdApplication.deployment("backstage", image(), image())));
  }

  private Scene application(String health) {
    return () -> {
      String head = sandbox.gitOps().head("main");
      String phase = health.equals("Healthy") ? "Succeeded" : "Failed";
      return ArgoCdApplication.of("backstage", sandbox.gitHub().apiUrl() + "/SAMJOYAP/gitops.git")
          .synced(head)
          .health(health)
          .ended(phase, head, 100)
          .reconciledAt(101);
    };
  }

  private String image() {
    return "%s/backstage-already11:1.2.3-%s"
        .formatted(sandbox.registry().host(), sandbox.application().head("main").substring(0, 7));
  }

  private ContainerStep step() {
    return sandbox
        .step()
        .withVariable("INPUT_ARGOCD-SERVER", argoCd.uri().toString())
        .withVariable("INPUT_ARGOCD-TOKEN", Canaries.ARGOCD_TOKEN)
        .withVariable("INPUT_ARGOCD-APPLICATIONS", "backstage");
  }

  private StepResult run(ContainerStep step) {
    StepResult result = new ProcessRunner(sandbox.folders()).run(step);
    Canaries.assertAbsentFrom(result.shown() + result.outputs() + result.summary());
    return result;
  }
}
