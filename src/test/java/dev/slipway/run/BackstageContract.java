package dev.slipway.run;

import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.JobFolders;
import dev.slipway.container.ShownLog;
import dev.slipway.container.StepResult;
import dev.slipway.container.StepRunner;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakePullRequest;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.SampleImages.Sample;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What system S1 promises, from its own workflow file, whatever the step is run by.
abstract class BackstageContract {
  private static final String VALUES = "apps/backstage-already11/values-already11.yaml";
  private static final String MANIFESTS = "apps/backstage-already11/manifests/";

  @TempDir private Path folder;
  private Sandbox sandbox;

  abstract StepRunner runner(JobFolders folders);

  /// Where the runner works.
  Path work(Path temporary) {
    return temporary;
  }

  @BeforeEach
  void start() {
    sandbox = Sandbox.start(ReplacedSystem.BACKSTAGE, work(folder));
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  final Sandbox sandbox() {
    return sandbox;
  }

  @Test
  void pushesTheArchiveAndOpensThePullRequest() throws Exception {
    Sample image = deliver(samples().ociArchive());

    StepResult result = run(sandbox.step());

    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("tag", version())
        .containsEntry("digest", image.digest().orElseThrow().value())
        .containsEntry("image", sandbox.registry().host() + "/backstage-already11:" + version())
        .containsEntry("changed", "true")
        .containsEntry("outcome", "pending")
        .containsEntry("pull-request-operation", "created")
        .containsEntry("pull-request-state", "auto-merge");
    assertThat(digestInRegistry(version())).isEqualTo(image.digest().orElseThrow().value());
    assertPullRequest();
  }

  @Test
  void aSecondRunChangesNothingAndIsGreen() throws Exception {
    deliver(samples().ociArchive());
    assertGreen(run(sandbox.step()));
    String head = pullRequest().head();
    sandbox.gitHub().forgetRequests();
    sandbox.registry().forget();

    StepResult second = run(sandbox.step());

    assertGreen(second);
    assertThat(second.outputs())
        .containsEntry("changed", "false")
        .containsEntry("outcome", "pending")
        .containsEntry("pull-request-operation", "none")
        .containsEntry("pull-request-state", "auto-merge");
    assertThat(sandbox.gitHub().writes()).isEmpty();
    assertThat(sandbox.registry().requests())
        .allSatisfy(request -> assertThat(request.method()).isIn("GET", "HEAD"));
    assertThat(pullRequest().head()).isEqualTo(head);
  }

  @Test
  void aRunAfterTheMergeFindsNothingToDo() throws Exception {
    deliver(samples().ociArchive());
    assertGreen(run(sandbox.step()));
    sandbox.gitOps().passChecks();

    StepResult second = run(sandbox.step());

    assertGreen(second);
    assertThat(second.outputs())
        .containsEntry("changed", "false")
        .containsEntry("outcome", "unchanged")
        .containsEntry("pull-request-operation", "none");
    assertThat(sandbox.gitOps().fileAt("main", VALUES)).contains(values());
  }

  @Test
  void aTaggedCommitIsDeliveredUnderItsVersion() throws Exception {
    sandbox.application().tag("v1.3.0");
    deliver(samples().ociArchive());

    StepResult result = run(sandbox.step());

    assertGreen(result);
    assertThat(result.outputs()).containsEntry("tag", "1.3.0").containsEntry("tag-name", "v1.3.0");
  }

  @Test
  void aNewerCommitMovesTheSamePullRequest() throws Exception {
    deliver(samples().ociArchive());
    assertGreen(run(sandbox.step()));
    sandbox.application().file("app.js", "// newer\n");

    StepResult second = run(sandbox.step());

    assertGreen(second);
    assertThat(second.outputs())
        .containsEntry("tag", version())
        .containsEntry("pull-request-operation", "updated");
    assertPullRequest();
  }

  @Test
  void dockerArchivesArriveToo() throws Exception {
    List<Sample> archives = new ArrayList<>();
    archives.add(samples().dockerArchive());
    archives.add(samples().dockerArchiveWithLayout());
    archives.add(samples().ociArchiveWithAttestations());
    for (Sample archive : archives) {
      deliver(archive);

      StepResult result = run(sandbox.step());

      assertGreen(result);
      assertThat(digestInRegistry(version())).isEqualTo(result.outputs().get("digest"));
      archive
          .digest()
          .ifPresent(known -> assertThat(result.outputs()).containsEntry("digest", known.value()));
    }
  }

  @Test
  void aDryRunShowsThePlanAndWritesNothing() throws Exception {
    Sample image = deliver(samples().ociArchive());

    StepResult result = run(sandbox.step().withVariable("INPUT_DRY-RUN", "true"));

    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("outcome", "planned")
        .containsEntry("changed", "false")
        .containsEntry("digest", image.digest().orElseThrow().value());
    assertThat(ShownLog.of(result.log()).stream().map(String::strip))
        .contains("-    tag: '1.2.2'          # set by the delivery")
        .contains("+    tag: '%s'          # set by the delivery".formatted(version()));
    assertThat(sandbox.gitHub().writes()).isEmpty();
    assertThat(sandbox.gitOps().branches()).containsExactly("main");
    assertThat(sandbox.registry().requests())
        .allSatisfy(request -> assertThat(request.method()).isIn("GET", "HEAD"));
    assertThat(sandbox.ecr().calls()).doesNotContain("CreateRepository");
  }

  final SampleImages samples() {
    return new SampleImages(sandbox.folders().temp(), "backstage");
  }

  /// Puts the archive where the workflow's build step leaves it.
  final Sample deliver(Sample sample) throws IOException {
    Path archive = sandbox.folders().workspace().resolve("backstage.tar");
    Files.deleteIfExists(archive);
    Files.copy(sample.path(), archive);
    return sample;
  }

  final StepResult run(ContainerStep step) {
    StepResult result = runner(sandbox.folders()).run(step);
    Canaries.assertAbsentFrom(String.join("\n", ShownLog.of(result.log())));
    Canaries.assertAbsentFrom(result.outputs().toString());
    Canaries.assertAbsentFrom(result.summary());
    return result;
  }

  private String version() {
    return "1.2.3-" + sandbox.application().head("main").substring(0, 7);
  }

  private FakePullRequest pullRequest() {
    List<FakePullRequest> pullRequests = sandbox.gitOps().pullRequests();
    assertThat(pullRequests).hasSize(1);
    return pullRequests.getFirst();
  }

  /// One open pull request, with auto-merge on, one signed commit of three scalars and two files.
  private void assertPullRequest() {
    FakePullRequest pullRequest = pullRequest();
    String branch = pullRequest.headBranch();
    assertThat(pullRequest.state()).isEqualTo(FakePullRequest.State.OPEN);
    assertThat(pullRequest.autoMerge()).contains("SQUASH");
    assertThat(sandbox.gitOps().fileAt(branch, VALUES)).contains(values());
    for (String name : List.of("external-secrets.yaml", "k8s-config-secret.yaml")) {
      assertThat(sandbox.gitOps().fileAt(branch, MANIFESTS + name))
          .contains(sandbox.fixture("workspace/deploy/gitops/" + name));
    }
    assertThat(sandbox.gitOps().isVerified(branch)).isTrue();
    assertThat(sandbox.gitOps().parentsOf(branch)).containsExactly(sandbox.gitOps().head("main"));
    assertThat(sandbox.gitOps().branches()).containsExactlyInAnyOrder("main", branch);
    Canaries.assertAbsentFrom(pullRequest.title() + pullRequest.body());
    Canaries.assertAbsentFrom(sandbox.gitOps().messageOf(branch));
  }

  /// The values file with three scalars changed and every other byte as it was.
  private String values() {
    return sandbox
        .fixture("gitops/" + VALUES)
        .replace("123456789012.dkr.ecr.ap-northeast-2.amazonaws.com", sandbox.registry().host())
        .replace("repository: backstage\n", "repository: backstage-already11\n")
        .replace("'1.2.2'", "'" + version() + "'");
  }

  final String digestInRegistry(String tag) throws IOException, InterruptedException {
    URI manifest =
        URI.create(
            "http://%s/v2/backstage-already11/manifests/%s"
                .formatted(sandbox.registry().host(), tag));
    HttpRequest request =
        HttpRequest.newBuilder(manifest)
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .header("Authorization", RegistryServer.authorization("AWS"))
            .header("Accept", "application/vnd.oci.image.index.v1+json")
            .header("Accept", "application/vnd.oci.image.manifest.v1+json")
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
      return response.headers().firstValue("Docker-Content-Digest").orElseThrow();
    }
  }
}
