package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ProcessRunner;
import dev.slipway.container.ShownLog;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakePullRequest;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.SampleImages.Sample;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// System S1 from its own workflow file: Backstage to ECR, then a GitOps pull request.
class BackstageTest {
  private static final String VALUES = "apps/backstage-already11/values-already11.yaml";

  @TempDir private Path folder;
  private Sandbox sandbox;

  @BeforeEach
  void start() {
    sandbox = Sandbox.start(ReplacedSystem.BACKSTAGE, folder);
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void pushesTheArchiveAndOpensThePullRequest() throws Exception {
    Sample image = image();

    StepResult result = run();

    assertThat(result.exitCode()).as("%s", String.join("\n", ShownLog.of(result.log()))).isZero();
    String version = "1.2.3-" + sandbox.application().head("main").substring(0, 7);
    assertThat(result.outputs())
        .containsEntry("tag", version)
        .containsEntry("digest", image.digest().orElseThrow().value())
        .containsEntry("image", sandbox.registry().host() + "/backstage-already11:" + version)
        .containsEntry("changed", "true")
        .containsEntry("outcome", "pending")
        .containsEntry("pull-request-operation", "created")
        .containsEntry("pull-request-state", "auto-merge");
    FakePullRequest pullRequest = onlyPullRequest();
    assertThat(pullRequest.autoMerge()).contains("SQUASH");
    assertThat(sandbox.gitOps().fileAt(pullRequest.headBranch(), VALUES))
        .contains(
            sandbox
                .fixture("gitops/" + VALUES)
                .replace(
                    "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com", sandbox.registry().host())
                .replace("repository: backstage\n", "repository: backstage-already11\n")
                .replace("'1.2.2'", "'" + version + "'"));
    assertThat(sandbox.gitOps().isVerified(pullRequest.headBranch())).isTrue();
  }

  private Sample image() throws Exception {
    Sample sample = new SampleImages(folder, "backstage").ociArchive();
    Files.copy(sample.path(), sandbox.folders().workspace().resolve("backstage.tar"));
    return sample;
  }

  private StepResult run() {
    StepResult result = new ProcessRunner(sandbox.folders()).run(sandbox.step());
    Canaries.assertAbsentFrom(String.join("\n", ShownLog.of(result.log())));
    Canaries.assertAbsentFrom(result.outputs().toString());
    Canaries.assertAbsentFrom(result.summary());
    return result;
  }

  private FakePullRequest onlyPullRequest() {
    List<FakePullRequest> pullRequests = sandbox.gitOps().pullRequests();
    assertThat(pullRequests).hasSize(1);
    return pullRequests.getFirst();
  }
}
